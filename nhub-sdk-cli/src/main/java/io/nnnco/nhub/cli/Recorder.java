package io.nnnco.nhub.cli;

import io.nnnco.nhub.recording.RecordingWriter;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailureHandler;

/** Writes messages into a recording, those that cannot be decoded, too. */
final class Recorder implements Tail.Sink, FailureHandler {
  private final RecordingWriter recording;

  Recorder(RecordingWriter recording) {
    this.recording = recording;
  }

  @Override
  public boolean take(DeliveredMessage delivered) {
    recording.append(delivered.delivery().recorded());
    return true;
  }

  @Override
  public void handle(FailedMessage failure) {
    recording.append(failure.delivery().recorded());
  }

  @Override
  public String summary() {
    return recording.messages() + " recorded";
  }
}
