package io.nnnco.nhub.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.FakeSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * A fake bridge, and devices that send as much as its subscriber takes. No two messages are the
 * same. Runs until its standard input ends.
 */
final class Fleet {
  /** So many wait at the bridge: more than a receiver's window. */
  private static final int BACKLOG = 5_000;

  private static final int BURST = 500;

  private static final String TOPIC = "v4/groups/nnn.acme.master/%s/uplinks";

  private final FakeNHub fake;
  private final int devices;
  private long sent;

  /**
   * Where it is.
   *
   * @param port of the bridge on localhost
   */
  record Address(int port, String username, String token) {
    String line() {
      return port + " " + username + " " + token;
    }

    static Address of(String line) {
      String[] parts = line.split(" ", -1);
      return new Address(Integer.parseInt(parts[0]), parts[1], parts[2]);
    }
  }

  private Fleet(FakeNHub fake, int devices) {
    this.fake = fake;
    this.devices = devices;
  }

  /** Arguments: a file for the CA's certificate, and how many devices. Prints its address. */
  public static void main(String[] args) throws IOException {
    FakeNHub fake = FakeNHub.start();
    Files.writeString(Path.of(args[0]), fake.caCertificatePem());
    CompletableFuture<String> client = new CompletableFuture<>();
    fake.subscriptions().follow(subscribe -> client.complete(subscribe.clientId()));
    Thread sender =
        new Thread(() -> new Fleet(fake, Integer.parseInt(args[1])).sendTo(client.join()));
    sender.setDaemon(true);
    sender.start();
    UsernamePassword user = fake.usernamePassword();
    int port = fake.environment().mqttPort();
    System.out.println(new Address(port, user.username(), user.password().reveal()).line());
    System.in.read();
    System.exit(0);
  }

  private void sendTo(String client) {
    FakeSession session = fake.session(client);
    while (true) {
      if (session.queued() > BACKLOG) {
        LockSupport.parkNanos(1_000_000);
        continue;
      }
      for (int i = 0; i < BURST; i++) {
        send();
      }
    }
  }

  private void send() {
    String device = String.format("70B3D57EBB%06X", sent % devices);
    fake.publish(TOPIC.formatted(device), uplink(device, sent).getBytes(UTF_8));
    sent++;
  }

  /** Of the documented shape (rule M13). */
  static String uplink(String device, long number) {
    return "{\"device_id\":\""
        + device
        + "\",\"timestamp_ms\":"
        + (1_710_300_000_000L + number)
        + ",\"source\":\"dl-mqtt\",\"message_type\":\"uplink\",\"device_type\":\"nsen-v2\","
        + "\"readings\":[{\"channel_id\":\"temperature\",\"value\":"
        + number % 400 / 10.0
        + ",\"unit\":\"\\u00b0C\"},{\"channel_id\":\"humidity\",\"value\":52,\"unit\":\"%\"}],"
        + "\"network_metadata\":{\"rssi\":-97,\"snr\":7.5,\"gateway_id\":\"GW001\"},"
        + "\"location\":{\"latitude\":-33.8688,\"longitude\":151.2093},"
        + "\"raw_payload\":\"0x0123456789ABCDEF0123456789ABCDEF\"}";
  }
}
