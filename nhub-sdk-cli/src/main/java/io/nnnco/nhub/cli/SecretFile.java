package io.nnnco.nhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.function.Consumer;

/** Whether only its owner can read a file with a secret. */
final class SecretFile {
  private SecretFile() {}

  static void check(Path file, Consumer<String> warnings) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ)) {
        warnings.accept(
            file + " holds a secret, and others can read it: run chmod 600 " + file + ".");
      }
    } catch (IOException | UnsupportedOperationException e) {
      // No such permissions, as on Windows; a missing file is reported when it is needed.
    }
  }
}
