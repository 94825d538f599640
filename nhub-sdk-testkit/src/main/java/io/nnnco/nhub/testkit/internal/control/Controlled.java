package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.DeviceSimulator;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Fault;
import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.internal.api.ManagementServer;
import io.nnnco.nhub.testkit.internal.bridge.Bridge;
import io.nnnco.nhub.testkit.internal.fault.FaultQueue;
import io.nnnco.nhub.testkit.internal.platform.CertificateKind;
import io.nnnco.nhub.testkit.internal.platform.PemIdentity;
import io.nnnco.nhub.testkit.internal.platform.Platform;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fake as its control API sees it: the public object, and what is behind it.
 *
 * @param fake the fake
 * @param bridge its bridge
 * @param api its management API
 * @param platform its API keys and certificates
 * @param enterprises the codes of its enterprises, the default first
 * @param clock its clock
 * @param simulators those that are running
 * @param certificates issues a certificate of a kind for an enterprise
 * @param inject injects a fault
 */
public record Controlled(
    FakeNHub fake,
    Bridge bridge,
    ManagementServer api,
    Platform platform,
    List<String> enterprises,
    InstantSource clock,
    Supplier<List<DeviceSimulator>> simulators,
    BiFunction<CertificateKind, String, PemIdentity> certificates,
    BiFunction<Fault, Occurrence, FaultQueue.Pending<? extends Fault>> inject) {

  /** This enterprise, which must be one of the fake's; or the default for null. */
  String enterprise(@Nullable String code) {
    if (code != null && !enterprises.contains(code)) {
      throw new IllegalArgumentException(
          "This fake has no enterprise " + code + ", only " + enterprises + ".");
    }
    return code == null ? enterprises.get(0) : code;
  }
}
