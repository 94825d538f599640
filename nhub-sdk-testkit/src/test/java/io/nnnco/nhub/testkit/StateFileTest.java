package io.nnnco.nhub.testkit;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.identity.ClientIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fake's state that cannot be read or written: a clear error, and what was there stays. */
class StateFileTest {
  @TempDir private Path directory = Path.of("unused");

  private Path file() {
    return directory.resolve("fake.state");
  }

  private FakeNHub started() {
    return FakeNHub.builder().stateFile(file()).start();
  }

  private byte[] written() throws IOException {
    try (FakeNHub fake = started()) {
      fake.identities().revoked(DEFAULT_ENTERPRISE);
    }
    return Files.readAllBytes(file());
  }

  private void assertDamaged() {
    UncheckedIOException error = assertThrows(UncheckedIOException.class, this::started);

    String message = String.valueOf(error.getMessage());
    assertTrue(
        message.startsWith(file() + " is damaged") && message.contains("Delete it"), message);
  }

  @Test
  void start_fileCutAtTheEndOfAnyLine_isAnErrorAndTheFileStays() throws IOException {
    byte[] whole = written();
    for (int i = 0; i < whole.length - 1; i++) {
      if (whole[i] == '\n') {
        byte[] cut = Arrays.copyOf(whole, i + 1);
        Files.write(file(), cut);

        assertDamaged();
        assertArrayEquals(cut, Files.readAllBytes(file()));
      }
    }
  }

  @Test
  void start_fileCutInTheMiddleOfItsLastLine_isAnError() throws IOException {
    byte[] whole = written();
    Files.write(file(), Arrays.copyOf(whole, whole.length - 3));

    assertDamaged();
  }

  @Test
  void start_emptyFile_isAnError() throws IOException {
    Files.createFile(file());

    assertDamaged();
  }

  @Test
  void start_bytesThatAreNoText_isAnError() throws IOException {
    Files.write(file(), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});

    assertDamaged();
  }

  @Test
  void start_directoryInPlaceOfTheFile_saysThatItCannotBeRead() throws IOException {
    Files.createDirectory(file());

    UncheckedIOException error = assertThrows(UncheckedIOException.class, this::started);

    assertTrue(String.valueOf(error.getMessage()).contains("cannot read its state"));
  }

  @Test
  void change_thatCannotBeWritten_failsAndTheFormerFileAndNothingElseStays() throws IOException {
    try (FakeNHub fake = started()) {
      ClientIdentity identity = fake.identity();
      Files.delete(file());
      Files.createDirectories(file().resolve("in-the-way"));

      UncheckedIOException error =
          assertThrows(UncheckedIOException.class, () -> fake.revoke(identity));

      assertTrue(
          String.valueOf(error.getMessage()).contains("cannot write its state to " + file()));
      try (Stream<Path> left = Files.list(directory)) {
        assertEquals(List.of("fake.state", "fake.state.lock"), names(left));
      }
    }
  }

  private static List<String> names(Stream<Path> files) {
    return files.map(file -> file.getFileName().toString()).sorted().toList();
  }

  @Test
  void change_thatCannotBeWritten_isA500AndUndone() throws IOException {
    try (FakeNHub fake = started()) {
      Curl curl = Curl.as(fake, fake.adminToken());
      byte[] whole = Files.readAllBytes(file());
      Files.delete(file());
      Files.createDirectories(file().resolve("in-the-way"));

      Curl.Response refused = curl.post("users/", "{\"username\": \"svc\"}");

      assertEquals(500, refused.status());
      assertTrue(refused.text("detail").contains("cannot write its state"), refused::toString);
      Files.delete(file().resolve("in-the-way"));
      Files.delete(file());
      Files.write(file(), whole);
      assertEquals(201, curl.post("users/", "{\"username\": \"svc\"}").status());
    }
  }

  @Test
  void start_onTheFileOfAFakeThatRuns_isRefusedUntilThatHasEnded() {
    try (FakeNHub running = started()) {
      String message =
          String.valueOf(assertThrows(UncheckedIOException.class, this::started).getMessage());

      assertTrue(message.startsWith("Another fake that is running keeps its state in"), message);
      assertTrue(running.environment().mqttPort() > 0);
    }
    started().close();
  }

  @Test
  void start_onAPortThatIsTaken_leavesTheFileToTheNext() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      for (FakeNHubBuilder builder :
          List.of(
              FakeNHub.builder().apiPort(port),
              FakeNHub.builder().mqttPort(port),
              FakeNHub.builder().control(port))) {
        assertThrows(UncheckedIOException.class, builder.stateFile(file())::start);
      }
    }
    started().close();
  }
}
