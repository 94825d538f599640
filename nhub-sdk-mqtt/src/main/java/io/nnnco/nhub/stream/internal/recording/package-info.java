/** Events for JDK Flight Recorder. */
package io.nnnco.nhub.stream.internal.recording;
