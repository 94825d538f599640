package io.nnnco.nhub.kafka.chaos;

import io.nnnco.nhub.brokers.kafka.KafkaBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The program of the example. */
class SinkChaosTest extends Chaos {
  SinkChaosTest(@TempDir Path folder) {
    super(folder);
  }

  @Override
  Road road(Path own, KafkaBroker broker, Mosquitto mosquitto) {
    return new SinkRoad(own, broker.bootstrapServers(), mosquitto);
  }
}
