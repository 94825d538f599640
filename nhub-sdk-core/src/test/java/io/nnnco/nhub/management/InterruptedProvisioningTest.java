package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.IdentityFileException;
import io.nnnco.nhub.management.Recovery.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 9, too, where it is the caller that stops: by an interrupt, or a token it does not have.
 */
final class InterruptedProvisioningTest extends ProvisioningFixture {
  InterruptedProvisioningTest(@TempDir(factory = InMemory.class) Path temporary) {
    super(temporary);
  }

  @Test
  void issueTo_interruptedWhileAsking_savesTheResponseOrIsRecovered() {
    Thread caller = Thread.currentThread();
    platform.whileIssuing(caller::interrupt);
    boolean saved = true;
    try {
      certificates.issueTo(directory(), SPEC);
    } catch (UnfinishedIssueException e) {
      // The interrupt was noticed before the answer could be read.
      Coded.assertInstanceOf(ManagementException.class, CoreErrorCode.API_CANCELLED, e.getCause());
      saved = false;
    }

    assertTrue(Thread.interrupted());
    platform.whileIssuing(() -> {});
    Recovery recovery = certificates.recover(directory());
    assertEquals(saved ? Outcome.NOTHING_TO_RECOVER : Outcome.ISSUED_AGAIN, recovery.outcome());
    assertExactlyOneLives(directory());
  }

  @Test
  void issueTo_onAnInterruptedThread_asksNothingAndLeavesNothing() {
    Thread.currentThread().interrupt();

    ManagementException e =
        Coded.assertThrows(
            ManagementException.class,
            CoreErrorCode.API_CANCELLED,
            () -> certificates.issueTo(directory(), SPEC));

    assertTrue(Thread.interrupted());
    assertFalse(e.outcomeUnknown());
    assertFalse(Files.exists(directory()));
    assertEquals(List.of(), platform.requests());
  }

  @Test
  void issueTo_interruptedAsItNotesTheTime_leavesNothingToRecover() {
    InstantSource interrupting =
        () -> {
          Thread.currentThread().interrupt();
          return time.instant();
        };
    try (Management interrupted =
        Management.builder(platform.environment())
            .token(MockApi.TOKEN)
            .clock(interrupting)
            .build()) {
      Coded.assertThrows(
          IdentityFileException.class,
          CoreErrorCode.API_INTENT_FILE,
          () -> interrupted.certificates().issueTo(directory(), SPEC));
    }

    assertTrue(Thread.interrupted());
    assertFalse(Files.exists(intent()));
    assertEquals(List.of(), platform.active());
  }

  @Test
  void issueTo_tokenProviderThrowsAsItAsks_isRecovered() {
    List<String> asked = new ArrayList<>();
    TokenProvider failing =
        () -> {
          asked.add("");
          if (asked.size() == 2) {
            throw new IllegalStateException("The vault is sealed.");
          }
          return MockApi.TOKEN;
        };
    try (Management management =
        Management.builder(platform.environment()).tokenProvider(failing).clock(time).build()) {
      assertThrows(
          IllegalStateException.class, () -> management.certificates().issueTo(directory(), SPEC));

      management.certificates().recover(directory());
    }

    assertExactlyOneLives(directory());
  }

  @Test
  void issueTo_libraryIsNotTheOneExpected_leavesNoNote() {
    TokenProvider failing =
        () -> {
          throw new NoSuchMethodError("okhttp3.Call.addEventListener");
        };
    try (Management management =
        Management.builder(platform.environment()).tokenProvider(failing).clock(time).build()) {
      assertThrows(
          NoSuchMethodError.class, () -> management.certificates().issueTo(directory(), SPEC));
    }

    assertFalse(Files.exists(intent()));
  }
}
