/**
 * Recordings: files with the messages of devices as they arrived, to be replayed into a handler or
 * a fake.
 */
package io.nnnco.nhub.recording;
