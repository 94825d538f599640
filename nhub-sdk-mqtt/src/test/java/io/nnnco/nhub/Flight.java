package io.nnnco.nhub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A recording of the SDK's events. */
public final class Flight implements AutoCloseable {
  public static final String HANDLER_CALL = "HandlerCall";
  public static final String ACKNOWLEDGEMENT = "Acknowledgement";
  public static final String STALL = "Stall";
  public static final String RETRY = "Retry";
  public static final String CONNECTION_ATTEMPT = "ConnectionAttempt";
  public static final String CONNECTION = "Connection";
  public static final String CERTIFICATE = "Certificate";

  private static final String PREFIX = "io.nnnco.nhub.";

  private final Recording recording = new Recording();

  /** Records events of these kinds, however short, from now on. */
  public static Flight of(String... kinds) {
    Flight flight = new Flight();
    for (String kind : kinds) {
      flight.recording.enable(PREFIX + kind).withThreshold(Duration.ZERO);
    }
    flight.recording.start();
    return flight;
  }

  /** Records events of this kind that took so long. */
  public static Flight of(String kind, Duration threshold) {
    Flight flight = new Flight();
    flight.recording.enable(PREFIX + kind).withThreshold(threshold);
    flight.recording.start();
    return flight;
  }

  /** Ends the recording: its events of this kind, in the order in which they ended. */
  public List<RecordedEvent> take(String kind) {
    try {
      if (recording.getState() == RecordingState.RUNNING) {
        recording.stop();
      }
      Path file = Files.createTempFile("flight", ".jfr");
      try {
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals(PREFIX + kind))
            .sorted((one, other) -> one.getEndTime().compareTo(other.getEndTime()))
            .toList();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    recording.close();
  }
}
