package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identities in files that have other names than ours, such as cert-manager's. */
class NamedFilesTest {
  private static final List<String> NAMES = List.of("tls.crt", "tls.key", "ca.crt");

  private final TestPki.Held ca = TestPki.ca("N-Hub CA");
  private final ClientIdentity identity = ca.signClient("client").issuedBy(ca);
  private final Path temp;
  private final Path secret;

  NamedFilesTest(@TempDir Path temp) {
    this.temp = temp;
    this.secret = temp.resolve("secret");
  }

  @BeforeEach
  void mount() throws IOException {
    mount(identity, "..first");
    Files.createDirectory(secret);
    link("..first");
    for (String name : NAMES) {
      Files.createSymbolicLink(secret.resolve(name), Path.of("..data", name));
    }
  }

  /** The files of a secret, in a directory that {@code ..data} can lead to. */
  private void mount(ClientIdentity held, String name) throws IOException {
    Path data = temp.resolve(name);
    held.save(data);
    Files.move(data.resolve("client.crt"), data.resolve("tls.crt"));
    Files.move(data.resolve("client.key"), data.resolve("tls.key"));
  }

  /** In one step, as Kubernetes does. */
  private void link(String name) throws IOException {
    Path next = Files.createSymbolicLink(secret.resolve("..next"), Path.of("..", name));
    Files.move(next, secret.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private ClientIdentity load() {
    return ClientIdentity.load(
        secret.resolve("tls.crt"), secret.resolve("tls.key"), secret.resolve("ca.crt"));
  }

  @Test
  void load_namesOfCertManager_isTheIdentity() {
    assertEquals(identity, load());
  }

  @Test
  void load_encryptedKey_isOpenedWithThePassword() throws IOException {
    Path key = temp.resolve("..first/tls.key");
    new OpenSsl(temp.resolve("..first"))
        .run("pkcs8 -topk8 -v2 aes256 -in tls.key -out sealed.key -passout pass:canary-password");
    Files.move(key.resolveSibling("sealed.key"), key, StandardCopyOption.REPLACE_EXISTING);

    Coded.assertThrows(
        PemException.class, CoreErrorCode.IDENTITY_KEY_PASSWORD_REQUIRED, this::load);
    assertEquals(
        identity,
        ClientIdentity.load(
            secret.resolve("tls.crt"),
            secret.resolve("tls.key"),
            secret.resolve("ca.crt"),
            "canary-password".toCharArray()));
  }

  @Test
  void load_fileThatIsNotThere_isNamed() throws IOException {
    Files.delete(secret.resolve("tls.key"));

    IdentityFileException e =
        Coded.assertThrows(
            IdentityFileException.class, CoreErrorCode.IDENTITY_FILE_MISSING, this::load);

    assertEquals(secret.resolve("tls.key").toString(), e.path());
  }

  @Test
  void load_keyThatEveryoneCanRead_warnsOnceAndOneForTheGroupDoesNot() throws IOException {
    Path key = temp.resolve("..first/tls.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertEquals("", CapturedLog.of(this::load));

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    String log = CapturedLog.of(this::load);

    assertEquals(1, log.lines().count());
    assertTrue(log.contains(secret.resolve("tls.key").toString()), log);
  }

  /** Kubernetes makes a new directory for each version, and lets the link lead there. */
  @Test
  void load_whileTheSecretIsReplaced_isAlwaysOneIdentity() throws Exception {
    ClientIdentity renewed = ca.signClient("renewed").issuedBy(ca);
    mount(renewed, "..second");
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> kubelet =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; !enough.get(); i++) {
                replace(i % 2 == 0 ? "..second" : "..first", "..version-" + i);
              }
            });
    try {
      for (int i = 0; i < 100; i++) {
        ClientIdentity loaded = load();
        assertTrue(loaded.equals(identity) || loaded.equals(renewed), loaded::toString);
      }
    } finally {
      enough.set(true);
      kubelet.join();
    }
  }

  private void replace(String source, String version) {
    try {
      Path data = Files.createDirectory(temp.resolve(version));
      for (String name : NAMES) {
        Files.copy(temp.resolve(source).resolve(name), data.resolve(name));
      }
      link(version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
