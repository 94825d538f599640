package io.nnnco.nhub.testkit.internal.control;

import static io.nnnco.nhub.testkit.internal.control.json.RecordSchema.ordered;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.testkit.internal.bridge.broker.Message;
import io.nnnco.nhub.testkit.internal.control.http.ControlAddress;
import io.nnnco.nhub.testkit.internal.control.http.ControlServer;
import io.nnnco.nhub.testkit.internal.control.http.Reply;
import io.nnnco.nhub.testkit.internal.control.http.Route;
import io.nnnco.nhub.testkit.internal.control.page.FakePage;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The control API of one fake. */
public final class ControlApi implements AutoCloseable {
  /** The path of this version. */
  public static final String BASE = "/control/v1";

  private final ControlServer server;
  private final EventLog log;
  private final Secret token;
  private final InstantSource clock;

  private ControlApi(ControlServer server, EventLog log, Secret token, InstantSource clock) {
    this.server = server;
    this.log = log;
    this.token = token;
    this.clock = clock;
  }

  /**
   * Starts to serve.
   *
   * @param target the fake
   * @param address where it listens
   * @param token what callers must show
   * @param follow called with who must be told of published messages
   * @throws IOException if the port is taken
   */
  public static ControlApi start(
      Controlled target, ControlAddress address, Secret token, Consumer<Consumer<Message>> follow)
      throws IOException {
    ControlServer server = ControlServer.listen(address, BASE);
    EventLog log = new EventLog();
    record(target, log, follow);
    server.serve(token, routes(target, log, server.address()), FakePage.files());
    return new ControlApi(server, log, token, target.clock());
  }

  private static void record(Controlled target, EventLog log, Consumer<Consumer<Message>> follow) {
    target
        .fake()
        .requests()
        .follow(entry -> log.add(JournalName.REQUESTS, entry, entry.body().length()));
    target.fake().connects().follow(entry -> log.add(JournalName.CONNECTS, entry, 0));
    target.fake().disconnects().follow(entry -> log.add(JournalName.DISCONNECTS, entry, 0));
    target.fake().subscriptions().follow(entry -> log.add(JournalName.SUBSCRIPTIONS, entry, 0));
    target.fake().acks().follow(entry -> log.add(JournalName.ACKS, entry, 0));
    target.fake().drops().follow(entry -> log.add(JournalName.DROPS, entry, 0));
    target
        .fake()
        .handshakeFailures()
        .follow(entry -> log.add(JournalName.HANDSHAKE_FAILURES, entry, 0));
    follow.accept(
        message ->
            log.add(
                JournalName.MESSAGES,
                new PublishedMessage.Dated(target.clock().instant(), message),
                message.payload().length));
  }

  /** Every route, and the one of the document that describes them. */
  static List<Route> routes(Controlled target, EventLog log, URI address) {
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.of(
                "GET",
                "/openapi.json",
                "openapi",
                "Gives this document.",
                request -> Reply.ok(OpenApi.document(address.toString(), routes)))
            .gives(200, ordered("type", "object"))
            .openToAll());
    routes.addAll(new FakeRoutes(target, log).routes());
    routes.addAll(new MessageRoutes(target).routes());
    routes.addAll(new SessionRoutes(target).routes());
    routes.addAll(new JournalRoutes(log).routes());
    routes.addAll(new FaultRoutes(target).routes());
    routes.addAll(new CredentialRoutes(target).routes());
    routes.addAll(new SimulatorRoutes(target).routes());
    return routes;
  }

  /** Its address, without a slash at the end. */
  public URI address() {
    return server.address();
  }

  /** What callers must show. */
  public Secret token() {
    return token;
  }

  /** Forgets what happened, as the fake does when it is reset. */
  public void clear() {
    log.clear(new Reset(clock.instant()));
  }

  /** Ends every request and frees the port. */
  @Override
  public void close() {
    log.close();
    server.close();
  }
}
