package io.nnnco.nhub.cli;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.recording.RecordedMessage;
import io.nnnco.nhub.recording.Recording;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A fake N-Hub that publishes a recording, once somebody is there to receive it. */
final class ReplayFake {
  private final int apiPort;
  private final int mqttPort;
  private final @Nullable Path directory;

  /** With 0 for any port, and null for a new temporary directory. */
  ReplayFake(int apiPort, int mqttPort, @Nullable Path directory) {
    this.apiPort = apiPort;
    this.mqttPort = mqttPort;
    this.directory = directory;
  }

  /** Continues until it is interrupted. */
  ExitCode serve(Recording recording, Replay replay, Display display) throws IOException {
    String enterprise = enterprise(recording);
    CountDownLatch subscribed = new CountDownLatch(1);
    FakeDirectory files =
        new FakeDirectory(directory == null ? Files.createTempDirectory("nhub-fake-") : directory);
    files.prove();
    try (FakeNHub fake = start(enterprise, files);
        FakeLog log = new FakeLog(display::message)) {
      files.write(fake, enterprise);
      display.message(files.linesToPaste(fake, enterprise).stripTrailing());
      log.follow(fake);
      fake.subscriptions()
          .follow(
              subscription -> {
                if (subscription.granted()) {
                  subscribed.countDown();
                }
              });
      display.notice("nhub: the replay begins when a client has subscribed. Ctrl-C ends.");
      subscribed.await();
      replay.into(fake);
      new CountDownLatch(1).await();
      return ExitCode.SUCCESS;
    } catch (InterruptedException e) {
      return ExitCode.SUCCESS; // The request to stop.
    }
  }

  /** That of the first message: clients of another one could not see it. */
  private static String enterprise(Recording recording) {
    return recording
        .first()
        .map(RecordedMessage::topic)
        .flatMap(DeviceTopic::parse)
        .map(DeviceTopic::enterprise)
        .map(Enterprise::code)
        .orElse(FakeNHub.DEFAULT_ENTERPRISE);
  }

  private FakeNHub start(String enterprise, FakeDirectory files) {
    try {
      return files
          .goOn(FakeNHub.builder(), apiPort, mqttPort)
          .enterprises(enterprise)
          .leakCheck(false)
          .start();
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw CommandFailure.mistake(e.getMessage() + "");
    }
  }
}
