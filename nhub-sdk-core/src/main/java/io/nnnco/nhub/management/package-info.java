/**
 * The management API: API keys and MQTT certificates. Start at {@link
 * io.nnnco.nhub.management.Management}.
 *
 * <p>Times are {@link java.time.Instant}s (UTC), durations {@link java.time.Duration}s. A failed
 * call throws a subclass of {@link io.nnnco.nhub.management.ManagementException}, one type per
 * cause; none contains a token, a key or a PEM. The types here are thread-safe, except {@link
 * io.nnnco.nhub.management.ManagementBuilder}.
 */
package io.nnnco.nhub.management;
