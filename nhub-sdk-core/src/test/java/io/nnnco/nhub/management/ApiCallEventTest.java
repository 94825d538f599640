package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JDK Flight Recorder sees of the management API. */
final class ApiCallEventTest extends ManagementFixture {
  private final Path file;

  ApiCallEventTest(@TempDir Path directory) {
    this.file = directory.resolve("flight.jfr");
  }

  private List<RecordedEvent> recordedIn(Runnable calls) throws IOException {
    try (Recording recording = new Recording()) {
      recording.enable("io.nnnco.nhub.ApiCall").withoutThreshold();
      recording.start();
      calls.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  @Test
  void call_isRecorded_withoutItsId() throws IOException {
    api.json(200, "{}");

    RecordedEvent call = recordedIn(() -> management.certificates().revoke("id-4711")).get(0);

    assertEquals("POST", call.getString("method"));
    assertEquals("/mqtt-certificates/{id}/revoke", call.getString("endpoint"));
    assertEquals(200, call.getInt("status"));
    assertNull(call.getString("errorCode"));
    assertEquals(1, call.getInt("attempt"));
    assertFalse(call.getDuration().isZero());
    assertFalse(call.toString().contains("4711"), call::toString);
  }

  @Test
  void call_thatIsRetried_isAnEventPerRequest() throws IOException {
    api.enqueue(
            new MockResponse.Builder().onResponseStart(SocketEffect.ShutdownConnection.INSTANCE))
        .json(500, "{}");

    List<RecordedEvent> calls =
        recordedIn(
            () ->
                assertThrows(
                    ManagementException.class, () -> management.certificates().listPage(1)));

    assertEquals(2, calls.size());
    assertEquals(0, calls.get(0).getInt("status"));
    assertEquals("NHUB-API-009", calls.get(0).getString("errorCode"));
    assertEquals(500, calls.get(1).getInt("status"));
    assertEquals("NHUB-API-006", calls.get(1).getString("errorCode"));
    assertEquals(2, calls.get(1).getInt("attempt"));
  }
}
