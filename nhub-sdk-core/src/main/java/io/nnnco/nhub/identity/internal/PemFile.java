package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.FileProblem;
import io.nnnco.nhub.core.internal.FileTrust;
import io.nnnco.nhub.core.internal.UntrustedFileException;
import io.nnnco.nhub.identity.IdentityFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the text of one file, and explains why the file system refuses. */
final class PemFile {
  private static final Logger log = LoggerFactory.getLogger(PemFile.class);
  static final int LARGEST = 1024 * 1024;

  private PemFile() {}

  static PemText read(Path file) {
    try {
      return new PemText(file.toString(), text(file));
    } catch (NoSuchFileException e) {
      throw missing(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static String text(Path file) throws IOException {
    FileTrust.requireRegular(file);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new FileSystemException(file.toString(), null, "larger than 1 MiB");
      }
      return CopiedText.decode(bytes);
    }
  }

  static IdentityFileException unreadable(Path file, IOException e) {
    return new IdentityFileException(
        CoreErrorCode.IDENTITY_FILE_UNREADABLE,
        file.toString(),
        file + " cannot be read: " + reason(file, e) + ".",
        e);
  }

  static IdentityFileException missing(Path path) {
    return new IdentityFileException(
        CoreErrorCode.IDENTITY_FILE_MISSING, path.toString(), path + " does not exist.", null);
  }

  /** The reason, and who would be allowed to read it. */
  static String reason(Path path, IOException e) {
    String why = FileProblem.of(e);
    if (e instanceof UntrustedFileException) {
      return why; // Its message already names them.
    }
    try {
      PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
      return why
          + " (owner "
          + attributes.owner().getName()
          + ", permissions "
          + PosixFilePermissions.toString(attributes.permissions())
          + ", this program runs as "
          + System.getProperty("user.name")
          + ")";
    } catch (IOException | UnsupportedOperationException notKnown) {
      return why;
    }
  }

  /** Its group may: Kubernetes gives a secret to the pod's group, with mode 0640. */
  static void warnIfOthersCanRead(Path key) {
    try {
      if (Files.getPosixFilePermissions(key).contains(PosixFilePermission.OTHERS_READ)) {
        log.warn("Every user of this machine can read the private key {}: chmod o-rwx it.", key);
      }
    } catch (IOException | UnsupportedOperationException e) {
      log.debug("The permissions of {} are not known.", key, e);
    }
  }
}
