package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.testkit.BridgeFault.ServerCertificate;
import io.nnnco.nhub.testkit.internal.api.ApiOptions;
import io.nnnco.nhub.testkit.internal.api.ManagementApi;
import io.nnnco.nhub.testkit.internal.api.ManagementServer;
import io.nnnco.nhub.testkit.internal.api.Tokens;
import io.nnnco.nhub.testkit.internal.bridge.Bridge;
import io.nnnco.nhub.testkit.internal.bridge.BridgeOptions;
import io.nnnco.nhub.testkit.internal.control.ControlApi;
import io.nnnco.nhub.testkit.internal.control.Controlled;
import io.nnnco.nhub.testkit.internal.control.http.ControlAddress;
import io.nnnco.nhub.testkit.internal.fault.FaultQueue;
import io.nnnco.nhub.testkit.internal.platform.CertificateAuthority;
import io.nnnco.nhub.testkit.internal.platform.Platform;
import io.nnnco.nhub.testkit.internal.platform.PlatformGatekeeper;
import io.nnnco.nhub.testkit.internal.platform.PlatformState;
import io.nnnco.nhub.testkit.internal.platform.ServerCertificates;
import io.nnnco.nhub.testkit.internal.platform.StandingTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A fake's parts, started in parallel: in a cold JVM, each takes a while to load. */
record FakeParts(
    Platform platform,
    ManagementServer api,
    Bridge bridge,
    Journals journals,
    AdminTokens adminTokens,
    Secret controlToken,
    Runnable end) {

  /** The addresses of API and bridge. */
  NHubEnvironment environment(String host) {
    return NHubEnvironment.at(URI.create(api.address()), host, bridge.port());
  }

  /** The same for people. */
  String addresses(String host) {
    return "api=%s, mqtt=%s:%d".formatted(api.address(), host, bridge.port());
  }

  PublishReceipt publish(FakeMessage message, FakeNHubOptions options) {
    return bridge.publish(
        message.published(options.defaultEnterprise(), options.clock().instant()));
  }

  /** Injects a fault; returns it with its number. */
  FaultQueue.Pending<? extends Fault> inject(Fault fault, Occurrence when) {
    return fault instanceof ApiFault apiFault
        ? api.inject(apiFault, when)
        : bridge.inject((BridgeFault) fault, when);
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

  /** Starts the control API if there should be one; without a port for it, closes all parts. */
  Optional<ControlApi> startControl(
      FakeNHub fake,
      FakeNHubOptions options,
      Supplier<List<DeviceSimulator>> simulators,
      FakeIdentities identities)
      throws IOException {
    FakeControl.Options wanted = options.control();
    if (wanted == null) {
      return Optional.empty();
    }
    Controlled target =
        new Controlled(
            fake,
            bridge,
            api,
            platform,
            options.enterprises().stream().map(Enterprise::code).toList(),
            options.clock(),
            simulators,
            identities::pem,
            this::inject);
    FakeAddress address = options.address();
    try {
      return Optional.of(
          ControlApi.start(
              target,
              new ControlAddress(address.bind(), wanted.port(), address.names()),
              wanted.token() == null ? controlToken : wanted.token(),
              journals.messages::add));
    } catch (IOException e) {
      close();
      throw cannotListen("control API", wanted.port(), e);
    }
  }

  /** Forgets all but the ports, the CA, and the tokens of administrators and of the control API. */
  void clear() {
    clearFaults();
    bridge.reset();
    platform.clear();
    journals.clear();
  }

  /** Frees the ports. */
  void close() {
    bridge.close();
    api.close();
    end.run();
  }

  /** The platform and its servers' certificates. */
  private record Authority(
      Platform platform,
      ServerCertificates certificates,
      PlatformGatekeeper gatekeeper,
      StandingTokens tokens,
      Runnable release) {
    static Authority create(FakeNHubOptions options) {
      StandingTokens tokens = StandingTokens.random();
      if (options.stateFile() == null) {
        CertificateAuthority authority = CertificateAuthority.create("N-Hub fake CA");
        return of(new Platform(authority, options.clock()), tokens, () -> {}, options);
      }
      try {
        PlatformState state = PlatformState.open(options.stateFile(), options.clock(), tokens);
        return of(state.platform(), state.tokens(), state::close, options);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }

    private static Authority of(
        Platform platform, StandingTokens tokens, Runnable release, FakeNHubOptions options) {
      ServerCertificates certificates =
          new ServerCertificates(platform.authority(), options.address().names());
      certificates.get(ServerCertificate.GENUINE);
      return new Authority(
          platform, certificates, new PlatformGatekeeper(platform), tokens, release);
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
      end(api, ManagementServer::close);
      end(authority, started -> started.release().run());
      throw e;
    }
  }

  private static <T> void end(CompletableFuture<T> part, Consumer<T> how) {
    try {
      how.accept(part.join());
    } catch (CompletionException e) {
      // it has not started either
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
        new AdminTokens(tokens, authority.tokens().admin()),
        authority.tokens().control(),
        end(watch(options.clock(), bridge), authority.release()));
  }

  private static Runnable end(Runnable first, Runnable then) {
    return () -> {
      first.run();
      then.run();
    };
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
