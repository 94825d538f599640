/**
 * The management API (rules R1 to R10): API keys and MQTT certificates. Start at {@link
 * io.nnnco.nhub.management.Management}.
 *
 * <p>Times are {@link java.time.Instant}s (UTC), lengths of time {@link java.time.Duration}s. The
 * error of a call extends {@link io.nnnco.nhub.management.ManagementException}, one type per cause;
 * none contains a token, a key or a PEM. Types here are safe for use by several threads.
 */
package io.nnnco.nhub.management;
