package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.diagnosis.DiagnosisOptions;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.stream.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a doctor is told.
 *
 * @param nhub the addresses
 * @param proxy the proxy on the way; null if there is none
 * @param credentials the client's; null if it has none
 * @param management makes a management client that does not retry, with this time limit; null if
 *     there is no token
 * @param subscriptions those of the client
 * @param clock this machine's
 * @param options what to look at
 */
public record Case(
    NHubEnvironment nhub,
    @Nullable ProxyServer proxy,
    @Nullable Credentials credentials,
    @Nullable Function<Duration, Management> management,
    List<? extends Subscription> subscriptions,
    InstantSource clock,
    DiagnosisOptions options) {
  /** Where the first connection goes: to the proxy if there is one. */
  String firstHost() {
    return proxy == null ? nhub.mqttHost() : proxy.host();
  }

  int firstPort() {
    return proxy == null ? nhub.mqttPort() : proxy.port();
  }

  String bridge() {
    return nhub.mqttHost() + ":" + nhub.mqttPort();
  }
}
