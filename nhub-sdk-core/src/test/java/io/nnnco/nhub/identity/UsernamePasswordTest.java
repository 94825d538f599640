package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.Coded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsernamePasswordTest {
  private final TestPki.Held ca = TestPki.ca("CA");
  private final Secret token = Secret.of("canary-token");

  @Test
  void of_nameTokenAndCa_keepsThem() {
    UsernamePassword credentials = UsernamePassword.of("api-1", token, ca.certificatePem());

    assertEquals("api-1", credentials.username());
    assertEquals(token, credentials.password());
    assertEquals(List.of(ca.certificate()), credentials.trustAnchors());
    assertEquals("UsernamePassword[username=api-1, token=hidden]", credentials.toString());
  }

  @Test
  void load_caInAFile_isTheSame(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("platform.crt"), ca.certificatePem());

    UsernamePassword credentials = UsernamePassword.load("api-1", token, file);

    assertEquals(UsernamePassword.of("api-1", token, ca.certificatePem()), credentials);
    assertNotEquals(UsernamePassword.of("api-2", token, ca.certificatePem()), credentials);
  }

  @Test
  void load_noFile_namesThePath(@TempDir Path directory) {
    Path file = directory.resolve("ca.crt");

    IdentityFileException e =
        Coded.assertThrows(
            IdentityFileException.class,
            CoreErrorCode.IDENTITY_FILE_MISSING,
            () -> UsernamePassword.load("api-1", token, file));

    assertEquals(file.toString(), e.path());
  }

  @Test
  void of_keyForACa_isUnexpected() {
    String key = ca.keyPem();

    Coded.assertThrows(
        PemException.class,
        CoreErrorCode.IDENTITY_PEM_UNEXPECTED,
        () -> UsernamePassword.of("api-1", token, key));
  }

  @Test
  void of_blankName_isMisuse() {
    assertThrows(
        IllegalArgumentException.class, () -> UsernamePassword.of(" ", token, ca.certificatePem()));
  }
}
