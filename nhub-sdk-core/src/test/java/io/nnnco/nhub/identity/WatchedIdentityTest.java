package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.internal.IdentityPlace;
import io.nnnco.nhub.identity.internal.IdentityWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identities in files of any names, watched on threads of their own. */
class WatchedIdentityTest {
  private final TestPki.Held ca = TestPki.ca("N-Hub CA");
  private final TestPki.Held first = ca.signClient("first");
  private final TestPki.Held second = ca.signClient("second");
  private final Recorder client = new Recorder();
  private final Path temp;

  WatchedIdentityTest(@TempDir Path temp) {
    this.temp = temp;
  }

  /** Notes what a client is told. */
  static final class Recorder implements CredentialsSource.Recipient {
    final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

    @Override
    public InstantSource clock() {
      return InstantSource.system();
    }

    @Override
    public void offer(Credentials next) {
      told.add(next);
    }

    @Override
    public void unusable(NHubException cause) {
      told.add(cause);
    }

    @Override
    public void recovered() {
      told.add("recovered");
    }

    @Override
    public void renewalFailed(NHubException cause, Duration retryIn) {
      told.add(retryIn);
    }

    @Override
    public void revoked(String certificateId, boolean toMakeRoom) {
      told.add(certificateId);
    }
  }

  private Object told() throws InterruptedException {
    return client.told.poll(60, TimeUnit.SECONDS);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(temp.resolve(name), text);
  }

  private void certManager(TestPki.Held held) throws IOException {
    write("tls.key", held.keyPem());
    write("tls.crt", held.certificatePem());
    write("ca.crt", ca.certificatePem());
  }

  private static String all(TestPki.Held held, TestPki.Held issuer) {
    return held.keyPem() + held.certificatePem() + issuer.certificatePem();
  }

  @Test
  void begin_directoryOfOurs_isOfferedWhatIsSavedThere() throws InterruptedException {
    first.issuedBy(ca).save(temp);
    try (CredentialsSource.Supply supply =
        WatchedIdentity.in(temp).every(Duration.ofMillis(100)).begin(client)) {
      assertEquals(first.issuedBy(ca), supply.first());
      assertFalse(supply.renews());
      second.issuedBy(ca).save(temp);
      assertEquals(second.issuedBy(ca), told());
    }
  }

  @Test
  void begin_whereTheFileSystemHasEvents_doesNotWaitForTheInterval() throws Exception {
    certManager(first);
    WatchedIdentity rarely = WatchedIdentity.in(temp).every(Duration.ofHours(1));
    try (CredentialsSource.Supply supply = rarely.begin(client)) {
      assertEquals(first.issuedBy(ca), supply.first());
      certManager(second);
      assertEquals(second.issuedBy(ca), told());
    }
  }

  @Test
  void begin_oneFileWithAll_isReadAndWatched() throws Exception {
    TestPki.Held between = ca.signCa("Intermediate CA");
    TestPki.Held client = between.signClient("client");
    write("all.pem", all(client, ca) + between.certificatePem());
    WatchedIdentity source =
        WatchedIdentity.of(temp.resolve("all.pem")).every(Duration.ofMillis(100));
    try (CredentialsSource.Supply supply = source.begin(this.client)) {
      assertEquals(
          ClientIdentity.fromPem(
              client.certificatePem() + between.certificatePem(),
              client.keyPem(),
              ca.certificatePem()),
          supply.first());
      write("all.pem", all(second, ca));
      assertEquals(second.issuedBy(ca), told());
    }
  }

  @Test
  void begin_oneFileWithoutACa_saysSo() throws IOException {
    write("all.pem", first.certificatePem() + first.keyPem());
    PemException e =
        Coded.assertThrows(
            PemException.class,
            CoreErrorCode.IDENTITY_PEM_UNEXPECTED,
            () -> WatchedIdentity.of(temp.resolve("all.pem")).begin(client));
    assertEquals(temp.resolve("all.pem").toString(), e.source());
  }

  @Test
  void begin_encryptedKey_isReadWithThePasswordEachTime() throws Exception {
    certManager(first);
    first.issuedBy(ca).save(temp);
    new OpenSsl(temp)
        .run(
            "pkcs8 -topk8 -v2 aes256 -in client.key -out sealed.key -passout pass:canary-password");
    char[] password = "canary-password".toCharArray();
    WatchedIdentity source =
        WatchedIdentity.of(
                temp.resolve("tls.crt"), temp.resolve("sealed.key"), temp.resolve("ca.crt"))
            .withKeyPassword(password)
            .every(Duration.ofMillis(100));
    Arrays.fill(password, 'x');
    assertFalse(source.toString().contains("canary"));
    try (CredentialsSource.Supply supply = source.begin(client)) {
      assertEquals(first.issuedBy(ca), supply.first());
      write("ca.crt", ca.certificatePem() + TestPki.renew(ca).certificatePem());
      assertEquals(
          2, assertCredentials(told()).trustAnchors().size(), "read again with the password");
    }
  }

  private static Credentials assertCredentials(Object told) {
    return (Credentials) told;
  }

  @Test
  void begin_nothingThere_failsAtOnceAndTyped() {
    Coded.assertThrows(
        IdentityFileException.class,
        CoreErrorCode.IDENTITY_FILE_MISSING,
        () -> WatchedIdentity.in(temp.resolve("nowhere")).begin(client));
  }

  @Test
  void begin_badFileLater_isReported_andTheEndOfTheProblemToo() throws Exception {
    certManager(first);
    try (CredentialsSource.Supply supply =
        WatchedIdentity.in(temp).every(Duration.ofMillis(100)).begin(client)) {
      write("tls.crt", second.certificatePem());
      assertEquals(CoreErrorCode.IDENTITY_KEY_MISMATCH, ((KeyMismatchException) told()).code());
      certManager(first);
      assertEquals("recovered", told());
      assertEquals(first.issuedBy(ca), supply.first());
    }
  }

  @Test
  void close_nothingIsToldAnyMore() throws Exception {
    certManager(first);
    WatchedIdentity.in(temp).every(Duration.ofMillis(100)).begin(client).close();
    Recorder other = new Recorder();
    try (CredentialsSource.Supply supply =
        WatchedIdentity.in(temp).every(Duration.ofMillis(100)).begin(other)) {
      assertEquals(first.issuedBy(ca), supply.first());
      certManager(second);
      assertEquals(second.issuedBy(ca), other.told.poll(60, TimeUnit.SECONDS));
    }
    assertEquals(0, client.told.size());
  }

  /** As on a network file system that has gone. */
  @Test
  void close_whileAFileIsRead_doesNotWaitForIt() throws Exception {
    certManager(first);
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger times = new AtomicInteger();
    IdentityPlace place = IdentityPlace.in(temp);
    IdentityWatch stuck =
        new IdentityWatch(
            place,
            texts -> {
              if (times.getAndIncrement() > 0) {
                reading.countDown();
                awaited(over);
              }
              return second.issuedBy(ca);
            });
    CredentialsSource.Supply supply =
        WatchedSupply.begin(place, stuck, Duration.ofMillis(100), null, client);
    certManager(second);
    assertTrue(reading.await(60, TimeUnit.SECONDS));
    Thread closing = new Thread(supply::close);
    closing.start();
    closing.join(60_000);
    assertFalse(closing.isAlive());
    over.countDown();
    assertEquals(0, client.told.size());
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void every_outOfRange_isRefused() {
    WatchedIdentity source = WatchedIdentity.in(temp);
    assertThrows(IllegalArgumentException.class, () -> source.every(Duration.ofMillis(99)));
    assertThrows(IllegalArgumentException.class, () -> source.every(Duration.ofHours(2)));
  }
}
