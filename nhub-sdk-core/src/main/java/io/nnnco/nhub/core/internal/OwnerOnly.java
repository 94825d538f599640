package io.nnnco.nhub.core.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and directories for their owner only, as far as the file system knows owners. */
public final class OwnerOnly {
  private static final String FILE = "rw-------";
  private static final String DIRECTORY = "rwx------";

  private OwnerOnly() {}

  /** The attributes for a new file. */
  public static FileAttribute<?>[] file(Path path) {
    return attributes(path, FILE);
  }

  /** The attributes for a new directory. */
  public static FileAttribute<?>[] directory(Path path) {
    return attributes(path, DIRECTORY);
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Creates an empty file, unless something has that name, which is left as it is.
   *
   * @return whether it was created
   */
  public static boolean create(Path file) throws IOException {
    try {
      Files.createFile(file, file(file));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /**
   * Removes the permissions of everyone but the owner; for files that {@link FileTrust} has
   * checked.
   */
  public static void restrict(Path file) throws IOException {
    if (isPosix(file)
        && !PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals(FILE)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FILE));
    }
  }

  /** Syncs the names in a directory to disk. */
  public static void syncDirectory(Path directory) throws IOException {
    if (isPosix(directory)) { // Windows opens no directory, and writes names through by itself.
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
