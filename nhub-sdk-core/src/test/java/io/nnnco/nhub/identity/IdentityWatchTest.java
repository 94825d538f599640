package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.identity.internal.IdentityPlace;
import io.nnnco.nhub.identity.internal.IdentityReader;
import io.nnnco.nhub.identity.internal.IdentityWatch;
import io.nnnco.nhub.identity.internal.Sight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a watch sees in files that others replace, well or badly. */
class IdentityWatchTest {
  private static final Instant NOW = Instant.parse("2026-03-17T00:00:00Z");
  private static final TestPki.Held CA = TestPki.ca("N-Hub CA");
  private static final TestPki.Held FIRST = CA.signClient("first");
  private static final TestPki.Held SECOND = CA.signClient("second");

  private final Path certs;
  private final AtomicInteger parsed = new AtomicInteger();
  private final IdentityWatch watch;

  IdentityWatchTest(@TempDir Path temp) {
    this.certs = temp.resolve("certs");
    this.watch =
        new IdentityWatch(
            IdentityPlace.in(certs),
            texts -> {
              parsed.incrementAndGet();
              return new ClientIdentity(IdentityReader.read(texts, null));
            });
  }

  @BeforeEach
  void begin() {
    FIRST.issuedBy(CA).save(certs);
    watch.first();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(certs.resolve(name), text);
  }

  private Sight look() {
    return watch.look(NOW);
  }

  /** Looks again for as long as that may be half of a change. */
  private Sight lookToTheEnd() {
    Duration waited = Duration.ZERO;
    for (Sight sight = look(); ; sight = look()) {
      if (!(sight instanceof Sight.Unsettled unsettled)) {
        assertEquals(
            waited.isZero(), !(sight instanceof Sight.Unusable), "it waits before it reports");
        return sight;
      }
      waited = waited.plus(unsettled.lookAgainIn());
      assertEquals(-1, waited.compareTo(Duration.ofSeconds(7)));
    }
  }

  private void assertUnusable(CoreErrorCode code) {
    Sight.Unusable unusable = assertInstanceOf(Sight.Unusable.class, lookToTheEnd());
    assertEquals(code, unusable.cause().code());
    assertInstanceOf(Sight.Nothing.class, look(), "once");
    assertInstanceOf(Sight.Nothing.class, watch.look(NOW.plusSeconds(60)), "once");
  }

  /** What may be done to the files, and what it is called. */
  enum BadInput {
    DIRECTORY_VANISHES(CoreErrorCode.IDENTITY_FILE_MISSING),
    FILE_IN_ITS_PLACE(CoreErrorCode.IDENTITY_FILE_UNREADABLE),
    KEY_VANISHES(CoreErrorCode.IDENTITY_FILE_MISSING),
    KEY_IS_A_DIRECTORY(CoreErrorCode.IDENTITY_FILE_UNREADABLE),
    HALF_A_CERTIFICATE(CoreErrorCode.IDENTITY_PEM_MALFORMED),
    EMPTY_KEY(CoreErrorCode.IDENTITY_PEM_MALFORMED),
    HALF_A_PAIR(CoreErrorCode.IDENTITY_KEY_MISMATCH),
    KEY_OF_ANOTHER(CoreErrorCode.IDENTITY_KEY_MISMATCH),
    PAIR_OF_ANOTHER_CA(CoreErrorCode.IDENTITY_UNTRUSTED),
    EXPIRED(CoreErrorCode.IDENTITY_EXPIRED),
    NOT_YET_VALID(CoreErrorCode.IDENTITY_NOT_YET_VALID);

    final CoreErrorCode code;

    BadInput(CoreErrorCode code) {
      this.code = code;
    }
  }

  private void spoil(BadInput input) throws IOException {
    switch (input) {
      case DIRECTORY_VANISHES -> deleteDirectory();
      case FILE_IN_ITS_PLACE -> {
        deleteDirectory();
        Files.writeString(certs, "no directory");
      }
      case KEY_VANISHES -> Files.delete(certs.resolve("client.key"));
      case KEY_IS_A_DIRECTORY -> {
        Files.delete(certs.resolve("client.key"));
        Files.createDirectory(certs.resolve("client.key"));
      }
      case HALF_A_CERTIFICATE -> write("client.crt", SECOND.certificatePem().substring(0, 200));
      case EMPTY_KEY -> write("client.key", "");
      case HALF_A_PAIR -> write("client.crt", SECOND.certificatePem());
      case KEY_OF_ANOTHER -> {
        write("client.crt", SECOND.certificatePem());
        write("client.key", CA.signClient("third").keyPem());
      }
      case PAIR_OF_ANOTHER_CA -> {
        TestPki.Held foreign = TestPki.ca("Another CA").signClient("foreign");
        write("client.crt", foreign.certificatePem());
        write("client.key", foreign.keyPem());
      }
      case EXPIRED -> write(CA.signClient("old", TestPki.NOT_BEFORE, NOW.minusSeconds(1)));
      case NOT_YET_VALID -> write(CA.signClient("new", NOW.plusSeconds(3600), TestPki.NOT_AFTER));
    }
  }

  private void write(TestPki.Held held) throws IOException {
    write("client.crt", held.certificatePem());
    write("client.key", held.keyPem());
  }

  private void deleteDirectory() throws IOException {
    for (String name : new String[] {"client.crt", "client.key", "ca.crt"}) {
      Files.deleteIfExists(certs.resolve(name));
    }
    Files.delete(certs);
  }

  @ParameterizedTest
  @EnumSource
  void look_badInput_isReportedOnceAndTyped_andTheNextGoodOneIsTaken(BadInput input)
      throws IOException {
    spoil(input);
    assertUnusable(input.code);

    if (input == BadInput.FILE_IN_ITS_PLACE || input == BadInput.KEY_IS_A_DIRECTORY) {
      Files.delete(input == BadInput.FILE_IN_ITS_PLACE ? certs : certs.resolve("client.key"));
    }
    SECOND.issuedBy(CA).save(certs);
    Sight.Another another = assertInstanceOf(Sight.Another.class, look());
    assertEquals(SECOND.issuedBy(CA), another.identity());
    assertInstanceOf(Sight.Nothing.class, look());
  }

  @Test
  void look_goodOneThatComesWithinThePatience_isTakenAndNothingReported() throws IOException {
    write("client.key", SECOND.keyPem());
    assertInstanceOf(Sight.Unsettled.class, look());
    assertInstanceOf(Sight.Unsettled.class, look());
    write("client.crt", SECOND.certificatePem());
    assertInstanceOf(Sight.Another.class, look());
  }

  @Test
  void look_knownOneThatComesBackAfterAProblem_isRecovered() throws IOException {
    spoil(BadInput.EMPTY_KEY);
    assertUnusable(CoreErrorCode.IDENTITY_PEM_MALFORMED);
    write(FIRST);
    assertInstanceOf(Sight.Recovered.class, look());
    assertInstanceOf(Sight.Nothing.class, look());
  }

  @Test
  void look_anotherProblemAfterTheFirst_isReportedToo() throws IOException {
    spoil(BadInput.EMPTY_KEY);
    assertUnusable(CoreErrorCode.IDENTITY_PEM_MALFORMED);
    write("client.key", SECOND.keyPem());
    assertUnusable(CoreErrorCode.IDENTITY_KEY_MISMATCH);
  }

  @Test
  void look_oneThatIsNotYetValid_isTakenWhenItIs() throws IOException {
    spoil(BadInput.NOT_YET_VALID);
    assertUnusable(CoreErrorCode.IDENTITY_NOT_YET_VALID);
    assertInstanceOf(Sight.Another.class, watch.look(NOW.plus(Duration.ofHours(1))));
  }

  @Test
  void look_expiredOneThatWasKnown_isNotReported() {
    assertInstanceOf(Sight.Nothing.class, watch.look(TestPki.NOT_AFTER.plusSeconds(1)));
  }

  @Test
  void look_sameContentWithAnotherTime_isNothingAndNotParsedAgain() throws IOException {
    int before = parsed.get();
    Files.setLastModifiedTime(certs.resolve("client.crt"), FileTime.from(NOW));
    assertInstanceOf(Sight.Nothing.class, look());
    assertEquals(before, parsed.get());
  }

  @Test
  void look_otherContentWithTheSameTimeAndSize_isSeen() throws IOException {
    Path certificate = certs.resolve("client.crt");
    FileTime time = Files.getLastModifiedTime(certificate);
    write(SECOND);
    Files.setLastModifiedTime(certificate, time);
    assertInstanceOf(Sight.Another.class, look());
  }

  @Test
  void look_sameCertificatesWithOtherTextAround_isNothing() throws IOException {
    write("client.crt", "# renewed by nobody\n" + FIRST.certificatePem());
    assertInstanceOf(Sight.Nothing.class, look());
  }

  @Test
  void look_renewedCaOfTheSameCertificate_isAnotherIdentity() throws IOException {
    write("ca.crt", CA.certificatePem() + TestPki.renew(CA).certificatePem());
    assertInstanceOf(Sight.Another.class, look());
  }

  @Test
  void look_problem_isNotParsedAgainWhileItStays() throws IOException {
    spoil(BadInput.HALF_A_PAIR);
    assertUnusable(CoreErrorCode.IDENTITY_KEY_MISMATCH);
    int before = parsed.get();
    look();
    assertEquals(before, parsed.get());
  }
}
