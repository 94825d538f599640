package io.nnnco.nhub.testkit.internal.control;

import static io.nnnco.nhub.testkit.internal.control.ControlCaller.json;
import static io.nnnco.nhub.testkit.internal.control.ControlCaller.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Subscriber;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the control API does with a fake's checks, its bounded queues and its address. */
final class ControlFaithfulTest {
  private static final String FAULT =
      "{\"name\": \"BridgeFault.RefuseConnect\", \"parameters\": {\"reasonCode\": 136}}";

  @Test
  void fault_removedBeforeItHappened_isNotMissedAtTheEnd() {
    try (FakeNHub fake = FakeNHub.builder().control().start()) {
      ControlCaller caller = new ControlCaller(fake);
      JsonNode injected = json(caller.post("/faults", FAULT));

      assertEquals(
          204,
          caller
              .send(caller.request("/faults/" + injected.path("id").asLong()).DELETE())
              .statusCode());
      assertEquals(204, caller.post("/faults/verify", "").statusCode());
    }
  }

  @Test
  void faults_clearedBeforeTheyHappened_areNotMissedAtTheEnd() {
    try (FakeNHub fake = FakeNHub.builder().control().start()) {
      ControlCaller caller = new ControlCaller(fake);
      caller.post("/faults", FAULT);
      caller.post("/faults", FAULT);

      assertEquals(204, caller.send(caller.request("/faults").DELETE()).statusCode());
    }
  }

  @Test
  void fault_thatNeverHappened_failsTheVerificationTheResetAndTheClosing() {
    FakeNHub fake = FakeNHub.builder().control().start();
    ControlCaller caller = new ControlCaller(fake);
    caller.post("/faults", FAULT);

    assertTrue(problem(409, caller.post("/faults/verify", "")).contains("RefuseConnect"));
    assertTrue(problem(409, caller.post("/reset", "")).contains("never happened"));
    assertEquals(0, json(caller.get("/faults")).size());
    fake.inject(new BridgeFault.LoseSession());
    assertThrows(AssertionError.class, fake::close);
  }

  @Test
  void faults_ofAFakeWithoutTheCheck_areVerifiedOnRequestOnly() {
    try (FakeNHub fake = FakeNHub.builder().faultCheck(false).control().start()) {
      ControlCaller caller = new ControlCaller(fake);
      caller.post("/faults", FAULT);

      problem(409, caller.post("/faults/verify", ""));
      assertEquals(204, caller.post("/reset", "").statusCode());
      caller.post("/faults", FAULT);
    }
  }

  @Test
  void drops_ofAClientThatDoesNotAcknowledge_areInTheirJournalAndInTheSession() throws IOException {
    FakeNHub fake =
        FakeNHub.builder().maxQueuedMessages(1).leakCheck(false).permissive().control().start();
    ControlCaller caller = new ControlCaller(fake);
    try (fake;
        Subscriber deaf = Subscriber.connected(fake, fake.identity(), "deaf")) {
      deaf.subscribe("a/#");
      String payload = "x".repeat(100_000);
      while (json(caller.get("/sessions/deaf")).path("dropped").asInt() < 2) {
        fake.publish("a/b", payload);
      }

      JsonNode drops = json(caller.get("/journals/drops?limit=1")).path("entries");

      assertEquals("deaf", drops.path(0).path("clientId").asText());
      assertEquals("a/b", drops.path(0).path("topic").asText());
      assertEquals(1, drops.path(0).path("qos").asInt());
    }
  }

  @Test
  void api_ofAFakeForOtherMachines_listensThereUnderItsName() throws IOException {
    InetAddress everywhere = InetAddress.getByAddress(new byte[4]);
    try (FakeNHub fake = FakeNHub.builder().bind(everywhere, "nhub.test").control().start()) {
      URI address = fake.control().address();

      assertEquals("nhub.test", address.getHost());
      assertTrue(status(address.getPort(), "nhub.test").contains(" 200 "));
      assertTrue(status(address.getPort(), "127.0.0.1:1").contains(" 200 "));
      assertTrue(status(address.getPort(), "evil.example").contains(" 421 "));
    }
  }

  private static String status(int port, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET /control/v1/openapi.json HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);
    }
  }
}
