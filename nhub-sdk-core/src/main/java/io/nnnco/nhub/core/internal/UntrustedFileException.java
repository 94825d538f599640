package io.nnnco.nhub.core.internal;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A file or directory that another user could have created or changed, so the SDK does not use it.
 */
public final class UntrustedFileException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  /**
   * An error.
   *
   * @param path the file or directory
   * @param reason the reason, the owner, and how to fix it
   */
  UntrustedFileException(Path path, String reason) {
    super(path.toString(), null, reason);
  }
}
