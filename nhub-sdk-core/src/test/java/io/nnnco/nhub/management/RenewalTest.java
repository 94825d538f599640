package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.core.internal.LockFile;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.IdentityFileException;
import io.nnnco.nhub.identity.PemException;
import io.nnnco.nhub.management.Renewal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renewals by hand, step by step, on a platform that loses responses. */
class RenewalTest extends ProvisioningFixture {
  private static final Instant START = VirtualTime.START;
  private static final Duration LIFE = SPEC.validity().plusMinutes(1);
  private static final Instant DUE = START.plus(SPEC.validity()).minus(LIFE.dividedBy(4));

  private final ManagedIdentity managed = ManagedIdentity.in(directory(), SPEC, management);

  RenewalTest(@TempDir(factory = InMemory.class) Path temporary) {
    super(temporary);
    platform.limitCertificates();
  }

  private Path note() {
    return directory().resolve(".former-certificates");
  }

  /** The platform's clock goes with ours. */
  private Renewal renewAt(Instant now) {
    platform.now(now);
    return managed.renewIfDue(now);
  }

  private ClientIdentity saved() {
    return ClientIdentity.load(directory());
  }

  private void renewedOnce() {
    renewAt(START);
    assertEquals(Outcome.ISSUED, renewAt(DUE).outcome());
  }

  @Test
  void renewIfDue_nothingThere_issues() {
    Renewal renewal = renewAt(START);
    assertEquals(Outcome.ISSUED, renewal.outcome());
    assertEquals(saved(), renewal.identity());
    assertExactlyOneLives(directory());
    assertFalse(Files.exists(note()), "nothing was replaced");
  }

  @Test
  void renewIfDue_notDue_asksNobody() {
    renewAt(START);
    int before = platform.requests().size();
    Renewal renewal = renewAt(START.plus(LIFE.dividedBy(2)));
    assertEquals(Outcome.NOT_DUE, renewal.outcome());
    assertEquals(saved(), renewal.identity());
    assertEquals(before, platform.requests().size());
  }

  @Test
  void renewIfDue_byDefault_isDueWhenAThirdOfTheLifeIsLeft_orATenthOfThatLater() {
    renewAt(START);
    Instant end = saved().expiresAt();
    Duration third = LIFE.dividedBy(3);
    assertEquals(Outcome.NOT_DUE, renewAt(end.minus(third).minusSeconds(1)).outcome());
    assertEquals(Outcome.ISSUED, renewAt(end.minus(third.multipliedBy(9).dividedBy(10))).outcome());
  }

  /** As of a cron job, or of a container that is restarted time and again. */
  @Test
  void renewIfDue_timeAndAgainByAClockFarAhead_causesNoStorm() {
    renewAt(START);
    Instant wrong = START.plus(LIFE.multipliedBy(2));
    assertEquals(Outcome.ISSUED, managed.renewIfDue(wrong).outcome());
    for (int minute = 1; minute < 10; minute++) {
      Instant now = wrong.plus(Duration.ofMinutes(minute));
      assertEquals(Outcome.NOT_DUE, managed.renewIfDue(now).outcome());
    }
    assertEquals(2, platform.active().size());
    Instant later = wrong.plus(LIFE.dividedBy(10)).plusSeconds(1);
    assertEquals(Outcome.ISSUED, managed.renewIfDue(later).outcome());
  }

  @Test
  void renewIfDue_afterAFailure_isRepeatedAtOnce() {
    renewAt(START);
    platform.refuseNextIssue(403);
    assertThrows(ManagementException.class, () -> renewAt(DUE));
    assertEquals(Outcome.ISSUED, renewAt(DUE.plusSeconds(1)).outcome());
  }

  @Test
  void renewIfDue_withATimeLongerThanItsLife_isDueAtHalfOfIt() {
    ManagedIdentity early = managed.renewBefore(Duration.ofDays(3_000));
    renewAt(START);
    assertEquals(Outcome.NOT_DUE, early.renewIfDue(START.plus(LIFE.dividedBy(3))).outcome());
    assertEquals(Outcome.ISSUED, early.renewIfDue(DUE).outcome());
    assertThrows(IllegalArgumentException.class, () -> managed.renewBefore(Duration.ofSeconds(59)));
  }

  @Test
  void renewIfDue_due_issuesAndLeavesTheFormerOneActive_untilItIsRevoked() {
    renewAt(START);
    ClientIdentity former = saved();
    renewAt(DUE);
    assertEquals(2, platform.active().size());
    assertEquals(List.of(), managed.revokeFormer(DUE.plusSeconds(59), Duration.ofMinutes(1)));
    assertEquals(2, platform.active().size());

    List<String> revoked = managed.revokeFormer(DUE.plusSeconds(60), Duration.ofMinutes(1));

    assertEquals(1, revoked.size());
    assertExactlyOneLives(directory());
    assertFalse(saved().equals(former));
    assertFalse(Files.exists(note()));
    assertEquals(List.of(), managed.revokeFormer(DUE.plusSeconds(61), Duration.ZERO));
  }

  @Test
  void renew_notDue_issuesAllTheSame() {
    renewAt(START);
    assertEquals(Outcome.ISSUED, managed.renew(START).outcome());
    managed.revokeFormer(START, Duration.ZERO);
    assertExactlyOneLives(directory());
  }

  @Test
  void revokeFormer_ofOthersWithTheSameName_touchesNone() {
    LossyPlatform.Entry other = platform.add(NAME, KEY);
    renewedOnce();
    managed.revokeFormer(DUE, Duration.ZERO);
    assertFalse(other.revoked);
    assertEquals(2, platform.active().size());
  }

  @Test
  void renewIfDue_responseLost_isFinishedByTheNext() {
    renewAt(START);
    platform.cutNextIssueAfter(WHOLE_HEAD_ONLY);
    assertThrows(UnfinishedIssueException.class, () -> managed.renew(START));
    assertEquals(Outcome.RECOVERED, renewAt(START).outcome());
    managed.revokeFormer(START, Duration.ZERO);
    assertExactlyOneLives(directory());
  }

  @Test
  void renewIfDue_noRoom_revokesItsOwnBefore() {
    for (int i = 0; i < 9; i++) {
      platform.add("Another application", KEY);
    }
    renewAt(START);
    Renewal renewal = renewAt(DUE);
    assertEquals(Outcome.ISSUED, renewal.outcome());
    assertEquals(1, renewal.revokedIds().size());
    assertEquals(
        List.of(saved()),
        platform.active().stream()
            .filter(entry -> entry.name.equals(NAME))
            .map(entry -> entry.identity)
            .toList());
    assertEquals(10, platform.active().size());
  }

  @Test
  void renewIfDue_noRoomAndAFormerOneLeft_revokesThatAndKeepsTheOneInTheDirectory() {
    for (int i = 0; i < 8; i++) {
      platform.add("Another application", KEY);
    }
    renewedOnce();
    ClientIdentity current = saved();
    assertEquals(1, managed.renew(DUE).revokedIds().size());
    assertTrue(
        platform.active().stream().anyMatch(entry -> entry.identity.equals(current)),
        "the one that was in use stays");
    managed.revokeFormer(DUE, Duration.ZERO);
    assertEquals(9, platform.active().size());
  }

  @Test
  void renewIfDue_noRoomAndNothingOfItsOwn_saysSoAndRevokesNothing() {
    for (int i = 0; i < 10; i++) {
      platform.add(NAME, KEY);
    }
    assertThrows(CertificateLimitException.class, () -> renewAt(START));
    assertEquals(10, platform.active().size());
  }

  @Test
  void renewIfDue_whileAnotherProcessRenews_doesNothing() throws IOException {
    renewAt(START);
    try (LockFile other = LockFile.tryAcquire(directory().resolve(".renewal.lock"))) {
      assertNotNull(other);
      assertEquals(Outcome.BUSY, renewAt(DUE).outcome());
    }
    assertEquals(Outcome.ISSUED, renewAt(DUE).outcome());
  }

  @Test
  void renewIfDue_filesThatAreNoIdentity_areNotOverwritten() throws IOException {
    renewAt(START);
    Files.writeString(directory().resolve("client.key"), "by mistake");
    Coded.assertThrows(
        PemException.class, CoreErrorCode.IDENTITY_PEM_MALFORMED, () -> renewAt(DUE));
    assertEquals("by mistake", Files.readString(directory().resolve("client.key")));
  }

  @Test
  void revokeFormer_noteCutOffByACrash_countsOnlyWholeLines() throws IOException {
    renewedOnce();
    Files.writeString(note(), "\n" + saved().fingerprint().substring(9), StandardOpenOption.APPEND);
    assertEquals(1, managed.revokeFormer(DUE, Duration.ZERO).size());
    assertExactlyOneLives(directory());
  }

  @Test
  void revokeFormer_lastLineCutOffAnywhere_countsForNothing() throws IOException {
    renewedOnce();
    String whole = Files.readString(note());
    String line = whole.strip().replaceFirst("^[0-9a-f]{8}", "00000000");
    for (int length = 1; length < line.length(); length++) {
      Files.writeString(note(), whole + line.substring(0, length));
      assertEquals(List.of(), managed.revokeFormer(START, Duration.ofDays(1)), line);
    }
    assertEquals(1, managed.revokeFormer(DUE, Duration.ZERO).size());
  }

  @Test
  void renewIfDue_refusedForWeeks_notesTheSameCertificateOnce() throws IOException {
    renewAt(START);
    for (int i = 0; i < 5; i++) {
      platform.refuseNextIssue(403);
      assertThrows(ManagementException.class, () -> renewAt(DUE));
    }
    assertEquals(1, Files.readString(note()).lines().filter(line -> !line.isBlank()).count());
  }

  @Test
  void revokeFormer_listWithoutFingerprints_neverTakesTheCurrentOneForItsPredecessor() {
    renewAt(START);
    platform.active().get(0).revoked = true; // By hand, as soon as it was issued.
    managed.renew(START);
    platform.listStyle(LossyPlatform.ListStyle.WITHOUT_FINGERPRINTS);
    assertEquals(List.of(), managed.revokeFormer(START, Duration.ZERO));
    assertExactlyOneLives(directory());
  }

  @Test
  void revokeFormer_listWithoutFingerprints_revokesTheOnlyOneThatFits() {
    renewedOnce();
    platform.listStyle(LossyPlatform.ListStyle.WITHOUT_FINGERPRINTS);
    assertEquals(1, managed.revokeFormer(DUE, Duration.ZERO).size());
    assertExactlyOneLives(directory());
  }

  @Test
  void renewIfDue_noRoomThoughAFormerOneWasRevoked_waitsAndSparesTheCurrentOne() {
    for (int i = 0; i < 8; i++) {
      platform.add("Another application", KEY);
    }
    renewedOnce();
    platform.revokesLate();
    assertThrows(CertificateLimitException.class, () -> managed.renew(DUE));
    assertEquals(1, platform.requests().stream().filter(each -> each.endsWith("/revoke/")).count());
  }

  @Test
  void revokeFormer_listWithoutFingerprints_revokesNothingThatItCannotTell() {
    renewedOnce();
    platform.listStyle(LossyPlatform.ListStyle.NAMES_ONLY);
    assertEquals(List.of(), managed.revokeFormer(DUE, Duration.ZERO));
    assertEquals(2, platform.active().size());
  }

  @Test
  void revokeFormer_noteThatIsALink_isNotFollowed() throws IOException {
    renewedOnce();
    Path elsewhere = temporary.resolve("elsewhere");
    Files.move(note(), elsewhere);
    Files.createSymbolicLink(note(), elsewhere);
    Coded.assertThrows(
        IdentityFileException.class,
        CoreErrorCode.API_INTENT_FILE,
        () -> managed.revokeFormer(DUE, Duration.ZERO));
    assertEquals(2, platform.active().size());
  }

  /** Whatever request is the last one of a process, the next process continues. */
  @Test
  void renewIfDue_thatEndsBeforeAnyOfItsRequests_isContinuedByTheNext() {
    for (int last = 0; last < 8; last++) {
      Path directory = temporary.resolve("certs-" + last);
      CertificateSpec spec = CertificateSpec.of("Renewal " + last, "key-" + last);
      ManagedIdentity.in(directory, spec, management).renew(START);
      AtomicInteger left = new AtomicInteger(last);
      TokenProvider dying =
          () -> {
            if (left.getAndDecrement() <= 0) {
              throw new IllegalStateException("The process dies.");
            }
            return Secret.of("t");
          };
      try (Management mortal =
          Management.builder(platform.environment()).tokenProvider(dying).clock(time).build()) {
        ManagedIdentity first = ManagedIdentity.in(directory, spec, mortal);
        first.renew(START);
        first.revokeFormer(START, Duration.ZERO);
      } catch (IllegalStateException e) {
        assertEquals("The process dies.", e.getMessage());
      }
      ManagedIdentity next = ManagedIdentity.in(directory, spec, management);
      next.renewIfDue(START);
      next.revokeFormer(START, Duration.ZERO);
      assertEquals(
          Stream.of(ClientIdentity.load(directory)).toList(),
          platform.active().stream()
              .filter(entry -> entry.name.equals(spec.name()))
              .map(entry -> entry.identity)
              .toList(),
          "after " + last + " requests");
    }
  }
}
