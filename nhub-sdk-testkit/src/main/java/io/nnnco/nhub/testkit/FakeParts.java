package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.testkit.BridgeFault.ServerCertificate;
import io.nnnco.nhub.testkit.internal.api.ApiOptions;
import io.nnnco.nhub.testkit.internal.api.ManagementApi;
import io.nnnco.nhub.testkit.internal.api.ManagementServer;
import io.nnnco.nhub.testkit.internal.api.Tokens;
import io.nnnco.nhub.testkit.internal.bridge.Bridge;
import io.nnnco.nhub.testkit.internal.bridge.BridgeOptions;
import io.nnnco.nhub.testkit.internal.platform.CertificateAuthority;
import io.nnnco.nhub.testkit.internal.platform.Platform;
import io.nnnco.nhub.testkit.internal.platform.PlatformGatekeeper;
import io.nnnco.nhub.testkit.internal.platform.PlatformState;
import io.nnnco.nhub.testkit.internal.platform.ServerCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A fake's parts, started in parallel: in a cold JVM, each takes a while to load. */
record FakeParts(
    Platform platform,
    ManagementServer api,
    Bridge bridge,
    Journals journals,
    AdminTokens adminTokens,
    Runnable unwatchClock) {

  NHubEnvironment environment(String host) {
    return NHubEnvironment.at(URI.create(api.address()), host, bridge.port());
  }

  void inject(Fault fault, Occurrence when) {
    if (fault instanceof ApiFault apiFault) {
      api.inject(apiFault, when);
    } else if (fault instanceof BridgeFault bridgeFault) {
      bridge.inject(bridgeFault, when);
    }
  }

  List<Fault> unusedFaults() {
    List<Fault> unused = new ArrayList<>(api.unusedFaults());
    unused.addAll(bridge.unusedFaults());
    return unused;
  }

  void clearFaults() {
    api.clearFaults();
    bridge.clearFaults();
  }

  /** Forgets all but the ports, the CA and the admin tokens. */
  void clear() {
    clearFaults();
    bridge.reset();
    platform.clear();
    journals.clear();
  }

  /** Frees the ports. */
  void close() {
    unwatchClock.run();
    bridge.close();
    api.close();
  }

  /** The platform and its servers' certificates. */
  private record Authority(
      Platform platform,
      ServerCertificates certificates,
      PlatformGatekeeper gatekeeper,
      Secret adminToken) {
    static Authority create(FakeNHubOptions options) {
      Secret token = AdminTokens.random();
      if (options.stateFile() == null) {
        CertificateAuthority authority = CertificateAuthority.create("N-Hub fake CA");
        return of(new Platform(authority, options.clock()), token, options);
      }
      try {
        PlatformState state =
            PlatformState.open(options.stateFile(), options.clock(), token.reveal());
        return of(state.platform(), Secret.of(state.adminToken()), options);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }

    private static Authority of(Platform platform, Secret token, FakeNHubOptions options) {
      ServerCertificates certificates =
          new ServerCertificates(platform.authority(), options.address().names());
      certificates.get(ServerCertificate.GENUINE);
      return new Authority(platform, certificates, new PlatformGatekeeper(platform), token);
    }
  }

  static FakeParts start(FakeNHubOptions options) throws IOException {
    CompletableFuture<Authority> authority =
        CompletableFuture.supplyAsync(() -> Authority.create(options));
    CompletableFuture<ManagementServer> api =
        options.https()
            ? authority.thenApply(made -> listen(options, made.certificates().socketFactory()))
            : CompletableFuture.supplyAsync(() -> listen(options, null));
    Journals journals = new Journals();
    try {
      Bridge bridge = startBridge(bridgeOptions(options, authority, journals));
      try {
        return assemble(options, authority.join(), api.join(), bridge, journals);
      } catch (CompletionException e) {
        bridge.close();
        if (e.getCause() instanceof UncheckedIOException portTaken) {
          throw portTaken.getCause();
        }
        throw e;
      }
    } catch (IOException e) {
      closeIfListening(api);
      throw e;
    }
  }

  private static void closeIfListening(CompletableFuture<ManagementServer> api) {
    try {
      api.join().close();
    } catch (CompletionException e) {
      // it is not listening either
    }
  }

  private static FakeParts assemble(
      FakeNHubOptions options,
      Authority authority,
      ManagementServer server,
      Bridge bridge,
      Journals journals) {
    Tokens tokens = new Tokens(authority.platform());
    ApiOptions apiOptions =
        new ApiOptions(
            options.defaultEnterprise(),
            options.pageSize(),
            options.bareLists(),
            options.privateKeyForm());
    server.serve(
        new ManagementApi(authority.platform(), tokens, apiOptions),
        options.clock(),
        journals.requests::add);
    return new FakeParts(
        authority.platform(),
        server,
        bridge,
        journals,
        new AdminTokens(tokens, authority.adminToken()),
        watch(options.clock(), bridge));
  }

  /** Notifies the bridge when a virtual clock is moved; returns how to stop that. */
  private static Runnable watch(InstantSource clock, Bridge bridge) {
    if (!(clock instanceof VirtualClock virtual)) {
      return () -> {};
    }
    Runnable watcher = bridge::clockAdvanced;
    virtual.watch(watcher);
    return () -> virtual.unwatch(watcher);
  }

  private static BridgeOptions bridgeOptions(
      FakeNHubOptions options, CompletableFuture<Authority> authority, Journals journals) {
    return BridgeOptions.of(
            kind -> authority.join().certificates().get(kind),
            attempt -> authority.join().gatekeeper().admit(attempt))
        .withListener(journals)
        .withAddress(new InetSocketAddress(options.address().bind(), options.mqttPort()))
        .withClock(options.clock())
        .withPolicy(options.policy());
  }

  private static ManagementServer listen(FakeNHubOptions options, @Nullable SSLSocketFactory tls) {
    try {
      return ManagementServer.listen(
          options.address().bind(), options.address().host(), options.apiPort(), tls);
    } catch (IOException e) {
      throw new UncheckedIOException(cannotListen("management API", options.apiPort(), e));
    }
  }

  private static Bridge startBridge(BridgeOptions options) throws IOException {
    try {
      return Bridge.start(options);
    } catch (IOException e) {
      throw cannotListen("MQTT bridge", options.address().getPort(), e);
    }
  }

  private static IOException cannotListen(String who, int port, IOException cause) {
    return new IOException(
        "The fake "
            + who
            + " cannot listen on port "
            + port
            + ": "
            + cause.getMessage()
            + ". Take another port, or 0 for any that is free.",
        cause);
  }
}
