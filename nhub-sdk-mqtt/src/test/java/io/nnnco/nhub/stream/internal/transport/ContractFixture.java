package io.nnnco.nhub.stream.internal.transport;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.testkit.FakeNHub;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What every engine does, against a bridge that keeps all rules. */
@Execution(ExecutionMode.CONCURRENT)
abstract class ContractFixture extends TransportFixture {
  ContractFixture(Engine engine) {
    super(engine);
  }

  final FakeNHub fake = FakeNHub.builder().leakCheck(false).start();

  @AfterEach
  void closeFake() {
    fake.close();
  }

  Request request() {
    return to("localhost", fake.environment().mqttPort(), fake.identity(DEFAULT_ENTERPRISE));
  }

  Transport subscribe(Request request) {
    Transport transport = open(request.build());
    listener.awaitSubscribed();
    return transport;
  }

  void publish(int count) {
    IntStream.range(0, count).forEach(i -> fake.publish(TOPIC, "message " + i));
  }

  static String text(InboundMessage message) {
    return new String(message.payload(), UTF_8);
  }
}
