package io.nnnco.nhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.function.Consumer;

/** Whether a file with a secret is for its owner alone. */
final class SecretFileCheck {
  private SecretFileCheck() {}

  static void check(Path file, Consumer<String> warnings) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ)) {
        warnings.accept(
            file + " holds a secret and others can read it; chmod 600 " + file + " is advised.");
      }
    } catch (IOException | UnsupportedOperationException e) {
      // No such permissions, as on Windows; a file that has gone is told when it is needed.
    }
  }
}
