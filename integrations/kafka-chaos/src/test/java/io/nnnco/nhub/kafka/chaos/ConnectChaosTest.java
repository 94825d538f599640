package io.nnnco.nhub.kafka.chaos;

import io.nnnco.nhub.brokers.kafka.KafkaBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Two workers of Kafka Connect: one takes over from the other, or both begin again. */
class ConnectChaosTest extends Chaos {
  ConnectChaosTest(@TempDir Path folder) {
    super(folder);
  }

  @Override
  Road road(Path own, KafkaBroker broker, Mosquitto mosquitto) {
    return new ConnectRoad(own, broker, mosquitto);
  }
}
