package io.nnnco.nhub.testkit.contract;

import static java.util.Objects.requireNonNull;

import io.nnnco.nhub.testkit.contract.NodeClients.Kind;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One server and one Node process for all tests of a class; each test has devices of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContractFixture {
  private @Nullable ContractServer server;
  private @Nullable NodeClients clients;

  /** Starts the server that is held to the contract. */
  abstract ContractServer start(Path folder);

  @BeforeAll
  void startAll(@TempDir Path folder) {
    clients = new NodeClients();
    server = start(folder);
  }

  @AfterEach
  void dropClients() {
    clients().dropAll();
  }

  @AfterAll
  void stopAll() {
    if (clients != null) {
      clients.close();
    }
    if (server != null) {
      server.close();
    }
  }

  final ContractServer server() {
    return requireNonNull(server);
  }

  final NodeClients clients() {
    return requireNonNull(clients);
  }

  /** A client that sees every packet, and has sent its CONNECT. */
  final NodeClient open(Access access, Connecting connecting) {
    return clients().open(Kind.PACKETS, access, connecting);
  }

  /** A client of enterprise acme that has been let in. */
  final NodeClient accepted(Connecting connecting) {
    NodeClient client = open(server().token(ContractServer.ACME), connecting);
    client.accepted();
    return client;
  }

  /** A name that nobody else has. */
  static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID();
  }

  /** The topic of a device of enterprise acme. */
  static String topic(String device, String kind) {
    return "v4/groups/nnn.acme.master/" + device + "/" + kind;
  }
}
