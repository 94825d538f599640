/** The events of a subscription, and their listener. */
package io.nnnco.nhub.stream.event;
