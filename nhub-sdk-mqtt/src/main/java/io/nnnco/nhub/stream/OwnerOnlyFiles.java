package io.nnnco.nhub.stream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner can read, as far as the file system knows owners. */
final class OwnerOnlyFiles {
  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private OwnerOnlyFiles() {}

  /** Sees to it that there is such a file. */
  static void provide(Path path) throws IOException {
    boolean posix = isPosix(path);
    try {
      Files.createFile(
          path,
          posix
              ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
              : new FileAttribute<?>[0]);
      syncDirectory(path);
    } catch (FileAlreadyExistsException e) {
      if (posix && !Files.getPosixFilePermissions(path).equals(OWNER)) {
        Files.setPosixFilePermissions(path, OWNER);
      }
    }
  }

  /** Has the name of a file brought to the disk. */
  static void syncDirectory(Path path) throws IOException {
    Path directory = path.getParent();
    if (directory != null && isPosix(path)) { // Windows writes names through by itself.
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
