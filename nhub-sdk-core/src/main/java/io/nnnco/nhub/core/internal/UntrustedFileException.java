package io.nnnco.nhub.core.internal;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file or directory that somebody else could have made or changed, so it is not taken. */
public final class UntrustedFileException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  /**
   * An error.
   *
   * @param path what is not taken
   * @param reason why, whose it is, and how to mend it
   */
  UntrustedFileException(Path path, String reason) {
    super(path.toString(), null, reason);
  }
}
