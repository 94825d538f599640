/**
 * What happens to a message between the transport and its acknowledgement: decoded, queued in its
 * device's lane, handled, and acknowledged in the order of arrival.
 */
package io.nnnco.nhub.stream.internal.delivery;
