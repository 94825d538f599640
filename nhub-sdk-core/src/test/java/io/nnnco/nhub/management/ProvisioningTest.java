package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.IdentityFileException;
import io.nnnco.nhub.management.Recovery.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 9: nothing issued is lost, wherever it stops. */
final class ProvisioningTest extends ProvisioningFixture {
  ProvisioningTest(@TempDir(factory = InMemory.class) Path temporary) {
    super(temporary);
  }

  @Test
  void issueTo_allWell_savesBeforeReturningAndForgetsTheIntent() {
    IssuedCertificate issued = certificates.issueTo(directory(), SPEC);

    assertEquals(issued.identity(), ClientIdentity.load(directory()));
    assertExactlyOneLives(directory());
    assertFalse(Files.exists(intent()));
  }

  @Test
  void issueTo_whileAsking_hasTheIntentWrittenForItsOwnerOnlyAndWithoutSecrets() {
    List<String> seen = new ArrayList<>();
    platform.whileIssuing(
        () -> {
          try {
            seen.add(Files.readString(intent()));
            seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(intent())));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    certificates.issueTo(directory(), SPEC);

    assertEquals(
        """
        {"name":"Production","api_key_id":"7d0a","validity_hours":8760,"known":[]}
        {"asked_at":"2026-11-23T00:00:00Z"}
        """,
        seen.get(0));
    assertEquals("rw-------", seen.get(1));
  }

  @Test
  void issueTo_directoryCannotBeWritten_isRefusedBeforeAnyCall() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "in the way");

    Coded.assertThrows(
        IdentityFileException.class,
        CoreErrorCode.IDENTITY_DIRECTORY_NOT_WRITABLE,
        () -> certificates.issueTo(file.resolve("c"), SPEC));

    assertEquals(List.of(), platform.requests());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404})
  void issueTo_refused_leavesNothingToRecover(int status) {
    platform.refuseNextIssue(status);

    ManagementException e =
        assertThrows(ManagementException.class, () -> certificates.issueTo(directory(), SPEC));

    assertEquals(status, e.status().orElseThrow());
    assertFalse(Files.exists(intent()));
    assertEquals(Outcome.NOTHING_TO_RECOVER, certificates.recover(directory()).outcome());
  }

  @Test
  void issueTo_responseLost_saysSoAndRefusesToIssueUntilRecovered() {
    platform.cutNextIssueAfter(0);

    UnfinishedIssueException lost =
        assertThrows(UnfinishedIssueException.class, () -> certificates.issueTo(directory(), SPEC));
    UnfinishedIssueException again =
        assertThrows(UnfinishedIssueException.class, () -> certificates.issueTo(directory(), SPEC));

    assertTrue(lost.outcomeUnknown());
    assertInstanceOf(ApiConnectionException.class, lost.getCause());
    assertEquals(directory().toString(), lost.directory());
    assertNull(again.getCause());
    assertEquals(1, platform.active().size());
  }

  @Test
  void
      recover_responseLostAtEveryByteOfItsHeadAndAt50PlacesOfItsBody_leavesExactlyOneCertificate() {
    int body = platform.bodyLength();
    int head = LossyPlatform.headLength(body);
    List<Integer> cuts = new ArrayList<>();
    for (int i = 0; i <= head; i++) {
      cuts.add(i);
    }
    for (int i = 1; i < 50; i++) {
      cuts.add(head + body * i / 50);
    }
    for (int cut : cuts) {
      Path directory = temporary.resolve("cut-" + cut);
      String name = "Lost after byte " + cut;
      platform.cutNextIssueAfter(cut);

      assertThrows(
          UnfinishedIssueException.class,
          () -> certificates.issueTo(directory, CertificateSpec.of(name, KEY)));
      Recovery recovery = certificates.recover(directory);

      List<LossyPlatform.Entry> live =
          platform.active().stream().filter(entry -> entry.name.equals(name)).toList();
      assertEquals(1, live.size(), name);
      assertEquals(live.get(0).identity, ClientIdentity.load(directory), name);
      assertEquals(Outcome.ISSUED_AGAIN, recovery.outcome(), name);
      assertEquals(live.get(0).id, recovery.certificateId(), name);
      assertEquals(1, recovery.revokedIds().size(), name);
      assertFalse(Files.exists(directory.resolve(".issue-intent")), name);
    }
    assertTrue(cuts.size() > 150, "cuts: " + cuts.size());
  }

  @Test
  void recover_nothingUnfinished_asksNothing() {
    assertEquals(
        new Recovery(Outcome.NOTHING_TO_RECOVER, null, List.of()),
        certificates.recover(directory()));
    assertEquals(List.of(), platform.requests());
  }

  @ParameterizedTest
  @EnumSource(LossyPlatform.ListStyle.class)
  void recover_crashAfterSaving_keepsWhatWasSaved(LossyPlatform.ListStyle style)
      throws IOException {
    platform.listStyle(style);
    platform.add(NAME, KEY);
    List<String> note = new ArrayList<>();
    platform.whileIssuing(
        () -> {
          try {
            note.add(Files.readString(intent()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    IssuedCertificate issued = certificates.issueTo(directory(), SPEC);
    Files.writeString(intent(), note.get(0));

    Recovery recovery = certificates.recover(directory());

    assertEquals(new Recovery(Outcome.ALREADY_SAVED, issued.id(), List.of()), recovery);
    assertEquals(issued.identity(), ClientIdentity.load(directory()));
    assertEquals(2, platform.active().size());
    assertFalse(Files.exists(intent()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"name\":\"Produ",
        "{\"name\":\"P\",\"api_key_id\":\"k\",\"validity_hours\":1}\n"
      })
  void recover_crashBeforeAsking_asksNothingAndForgets(String note) throws IOException {
    Files.createDirectory(directory());
    Files.writeString(intent(), note);

    assertEquals(Outcome.NOTHING_TO_RECOVER, certificates.recover(directory()).outcome());

    assertFalse(Files.exists(intent()));
    assertEquals(List.of(), platform.requests());
  }

  @Test
  void recover_responseLostAgain_isRecoveredByTheNext() {
    loseAResponse();
    platform.cutNextIssueAfter(10);
    assertThrows(UnfinishedIssueException.class, () -> certificates.recover(directory()));
    platform.refuseNextIssue(500);
    assertThrows(UnfinishedIssueException.class, () -> certificates.recover(directory()));

    Recovery recovery = certificates.recover(directory());

    assertEquals(Outcome.ISSUED_AGAIN, recovery.outcome());
    assertExactlyOneLives(directory());
  }

  @Test
  void recover_refusedForNow_canBeRepeated() {
    loseAResponse();
    platform.refuseNextIssue(403);
    Coded.assertThrows(
        ManagementException.class,
        CoreErrorCode.API_PERMISSION_DENIED,
        () -> certificates.recover(directory()));

    certificates.recover(directory());

    assertExactlyOneLives(directory());
  }

  @Test
  void recover_lostCertificateAppearsLate_isRevokedToo() {
    platform.hideNewCertificatesFor(1);
    loseAResponse();
    platform.hideNewCertificatesFor(0);

    Recovery recovery = certificates.recover(directory());

    assertEquals(List.of("c-1"), recovery.revokedIds());
    assertExactlyOneLives(directory());
  }

  @Test
  void recover_certificatesThatAreNotOurs_areLeftAlone() {
    LossyPlatform.Entry sameNameBefore = platform.add(NAME, KEY);
    loseAResponse();
    LossyPlatform.Entry otherName = platform.add("Staging", KEY);
    LossyPlatform.Entry otherKey = platform.add(NAME, "another-key");
    platform.now(VirtualTime.START.plus(Duration.ofDays(30)));
    LossyPlatform.Entry monthLater = platform.add(NAME, KEY);

    certificates.recover(directory());

    assertFalse(sameNameBefore.revoked);
    assertFalse(otherName.revoked);
    assertFalse(otherKey.revoked);
    assertFalse(monthLater.revoked);
    assertEquals(5, platform.active().size());
  }

  @Test
  void recover_listTellsNoStatusAndRevokingTwiceFails_stillLeavesExactlyOne() {
    platform.listStyle(LossyPlatform.ListStyle.NAMES_ONLY);
    platform.revokeTwiceFails();
    loseAResponse();
    platform.cutNextIssueAfter(10);
    assertThrows(UnfinishedIssueException.class, () -> certificates.recover(directory()));

    certificates.recover(directory());

    assertExactlyOneLives(directory());
  }

  @Test
  void recover_identityOfBefore_isNotTakenForTheLostOne() {
    IssuedCertificate before = certificates.issueTo(directory(), SPEC);
    loseAResponse();
    assertEquals(before.identity(), ClientIdentity.load(directory()));

    Recovery recovery = certificates.recover(directory());

    assertEquals(List.of("c-2"), recovery.revokedIds());
    assertEquals(List.of("c-1", "c-3"), platform.active().stream().map(entry -> entry.id).toList());
    assertEquals(platform.active().get(1).identity, ClientIdentity.load(directory()));
  }

  @Test
  void recover_whileAnIssueIsAtWork_isRefused() {
    List<RuntimeException> refusals = new ArrayList<>();
    platform.whileIssuing(
        () ->
            refusals.add(
                assertThrows(
                    IllegalStateException.class, () -> certificates.recover(directory()))));

    certificates.issueTo(directory(), SPEC);

    assertEquals(1, refusals.size());
    assertExactlyOneLives(directory());
  }

  /** As where a virus scanner holds the file, or the disk has become read-only since. */
  private void keepTheNoteFromBeingDeleted() {
    platform.whileIssuing(
        () -> {
          try {
            Files.move(intent(), directory().resolve("moved"));
            Files.createDirectories(intent().resolve("in-use"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void issueTo_noteCannotBeDeletedAfterwards_stillGivesWhatWasIssuedAndSaved() {
    keepTheNoteFromBeingDeleted();

    IssuedCertificate issued = certificates.issueTo(directory(), SPEC);

    assertEquals(issued.identity(), ClientIdentity.load(directory()));
    assertExactlyOneLives(directory());
  }

  @Test
  void recover_noteWithHostileText_isTypedAndQuotesNothingOfIt() throws IOException {
    Path note = intent();
    Files.createDirectories(Objects.requireNonNull(note.getParent()));
    Files.writeString(
        note,
        """
        {"name": "n", "api_key_id": "k", "validity_hours": 1, "known": []}
        {"asked_at": "\\u001b[31m\\u202eforged"}
        """);

    IdentityFileException e =
        Coded.assertThrows(
            IdentityFileException.class,
            CoreErrorCode.API_INTENT_FILE,
            () -> certificates.recover(directory()));

    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    assertFalse(trace.toString().contains("forged"), trace::toString);
  }

  @Test
  void recover_noteThatIsNoFile_isTyped() throws IOException {
    Files.createDirectories(intent());

    Coded.assertThrows(
        IdentityFileException.class,
        CoreErrorCode.API_INTENT_FILE,
        () -> certificates.recover(directory()));
  }
}
