package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.ChildJvm;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.ManagedIdentity;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process that renews certificates without end, in several directories at once, and is
 * killed without a warning: each of its renewals then stops at a moment of its own.
 */
class RenewalCrashTest {
  private static final int DIRECTORIES = 4;
  private static final int KILLS = 15;
  private static final long LATEST_KILL_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
  private static final String READY = "ready";

  private final long seed = Long.getLong("nhub.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final FakeNHub fake = FakeNHub.builder().leakCheck(false).start();
  private final Secret token = fake.adminToken(DEFAULT_ENTERPRISE);
  private final String apiKeyId = fake.apiKey(DEFAULT_ENTERPRISE).id();
  private final Management management = Management.builder(fake.environment()).token(token).build();

  @AfterEach
  void close() {
    management.close();
    fake.close();
  }

  @Test
  @Timeout(600)
  void sixtyRenewalsThatAreKilled_leaveOneCertificateOfEachName_whoseKeyIsOnDisk(@TempDir Path temp)
      throws IOException, InterruptedException {
    int unfinished = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      startAndKill(temp);
      for (int i = 0; i < DIRECTORIES; i++) {
        unfinished += Files.exists(directory(temp, i).resolve(".former-certificates")) ? 1 : 0;
        finish(directory(temp, i), name(i));
      }
    }
    assertTrue(unfinished > 0, "some were killed in the midst of a renewal, by the seed " + seed);
  }

  private static Path directory(Path temp, int number) {
    return temp.resolve("certs-" + number);
  }

  private static String name(int number) {
    return "Killed " + number;
  }

  private void finish(Path directory, String name) {
    ManagedIdentity managed =
        ManagedIdentity.in(directory, CertificateSpec.of(name, apiKeyId), management);
    managed.renewIfDue(Instant.now());
    managed.revokeFormer(Instant.now(), Duration.ZERO);
    assertEquals(
        List.of(ClientIdentity.load(directory).fingerprint()), active(name), "by the seed " + seed);
  }

  private void startAndKill(Path temp) throws IOException, InterruptedException {
    Process process = start(temp);
    try (BufferedReader lines = process.inputReader()) {
      assertEquals(READY, lines.readLine());
      LockSupport.parkNanos(random.nextLong(LATEST_KILL_NANOS));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(Path temp) throws IOException {
    return new ProcessBuilder(
            ChildJvm.command(
                List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"),
                Program.class,
                fake.environment().api().toString(),
                token.reveal(),
                temp.toString(),
                apiKeyId))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private List<String> active(String name) {
    return management
        .certificates()
        .list()
        .filter(entry -> name.equals(entry.name()) && entry.status().mayBeActive())
        .map(entry -> String.valueOf(entry.fingerprint()))
        .toList();
  }

  /** Renews and revokes without end, on a thread for each directory. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws InterruptedException {
      Management management =
          Management.builder(NHubEnvironment.at(URI.create(args[0]), "localhost", 8883))
              .token(Secret.of(args[1]))
              .build();
      CountDownLatch ready = new CountDownLatch(DIRECTORIES);
      for (int i = 0; i < DIRECTORIES; i++) {
        CertificateSpec spec = CertificateSpec.of(name(i), args[3]);
        Path directory = directory(Path.of(args[2]), i);
        new Thread(() -> run(ManagedIdentity.in(directory, spec, management), ready)).start();
      }
      ready.await();
      System.out.println(READY);
    }

    private static void run(ManagedIdentity managed, CountDownLatch ready) {
      managed.renewIfDue(Instant.now());
      ready.countDown();
      while (true) {
        managed.renew(Instant.now());
        managed.revokeFormer(Instant.now(), Duration.ZERO);
      }
    }
  }
}
