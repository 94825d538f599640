package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.testkit.internal.bridge.BridgePolicy;
import io.nnnco.nhub.testkit.internal.platform.PrivateKeyForm;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link FakeNHubBuilder}. */
record FakeNHubOptions(
    List<Enterprise> enterprises,
    FakeAddress address,
    int apiPort,
    int mqttPort,
    boolean https,
    int pageSize,
    boolean bareLists,
    PrivateKeyForm privateKeyForm,
    InstantSource clock,
    BridgePolicy policy,
    boolean leakCheck,
    boolean faultCheck,
    @Nullable Path stateFile,
    FakeControl.@Nullable Options control) {

  String defaultEnterprise() {
    return enterprises.get(0).code();
  }

  void requireEnterprise(String code) {
    if (!enterprises.contains(Enterprise.of(code))) {
      throw new IllegalArgumentException(
          "This fake has no enterprise " + code + ", only " + enterprises + ".");
    }
  }
}
