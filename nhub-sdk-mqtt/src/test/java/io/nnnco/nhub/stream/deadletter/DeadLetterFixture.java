package io.nnnco.nhub.stream.deadletter;

import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.TestDelivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A dead-letter file in a directory of its own. */
abstract class DeadLetterFixture {
  final Path directory;
  final Path path;
  final List<DeadLetterFile> opened = new ArrayList<>();

  DeadLetterFixture(Path directory) {
    this.directory = directory;
    this.path = directory.resolve("dead.jsonl");
  }

  @AfterEach
  void close() {
    opened.forEach(DeadLetterFile::close);
  }

  DeadLetterFile open() {
    return open(DeadLetterFile.builder(path));
  }

  DeadLetterFile open(DeadLetterFileBuilder builder) {
    DeadLetterFile file = builder.open();
    opened.add(file);
    return file;
  }

  static FailedMessage failed(String device) {
    return failed(TestDelivery.of(device, "uplinks"));
  }

  static FailedMessage failed(TestDelivery delivery) {
    return new FailedMessage(delivery, new IOException("database is down"), 4);
  }

  List<String> lines() throws IOException {
    return Files.readAllLines(path);
  }

  /** The devices whose messages a redrive hands over, all of which succeed. */
  static List<String> redriven(DeadLetterFile file) {
    List<String> devices = new ArrayList<>();
    file.redrive((message, delivery) -> devices.add(message.deviceId()));
    return devices;
  }
}
