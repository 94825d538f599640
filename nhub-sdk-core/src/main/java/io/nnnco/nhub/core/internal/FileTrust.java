package io.nnnco.nhub.core.internal;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * What may be adopted, written, moved or deleted, by the rules of {@code ssh}: the file and its
 * directory belong to this program's user or to root, no other user can write to them, and the file
 * is not a link. A directory like {@code /tmp} (sticky), where all users can write but cannot
 * replace our files, is accepted.
 *
 * <p>The check comes first, then the use. In a directory that passes, no other user can change
 * anything in between.
 *
 * <p>Where modes and owners mean nothing, such as on a CIFS mount, the operator names directories
 * with the system property {@value #TRUSTED}; Windows has neither, and is not checked.
 */
public final class FileTrust {
  /** Directories, separated like a class path, below which owners and modes are not checked. */
  public static final String TRUSTED = "nhub.trustedDirectories";

  private FileTrust() {}

  /**
   * A directory in which no other user can replace our files. Links to it are followed if they are
   * ours.
   */
  public static void requireDirectory(Path directory) throws IOException {
    if (!isJudged(directory)) {
      return;
    }
    requireLinksOfOurs(directory.toAbsolutePath());
    FileOwnership ownership = FileOwnership.of(directory.toRealPath());
    ownership.requireOurs();
    if (!ownership.sticky() && ownership.othersCanWrite()) {
      throw ownership.refused(
          "others can write it",
          "chmod go-w "
              + directory
              + ", or use a directory of mode 700 within it; where modes cannot be set, -D"
              + TRUSTED
              + "="
              + directory);
    }
  }

  private static void requireLinksOfOurs(Path path) throws IOException {
    for (Path each = path; each != null; each = each.getParent()) {
      if (Files.isSymbolicLink(each)) {
        FileOwnership.of(each).requireOurs();
      }
    }
  }

  /** A directory within a required one, and not a link. */
  public static void requireSubdirectory(Path directory) throws IOException {
    BasicFileAttributes attributes = attributes(directory);
    requireNoLink(directory, attributes);
    if (!attributes.isDirectory()) {
      throw refused(directory, directory + " is no directory: remove it");
    }
    requireUnwritable(directory);
  }

  /**
   * A regular file in a required directory, and not a link.
   *
   * @param largest the most bytes that it may have
   * @return its attributes
   * @throws java.nio.file.NoSuchFileException if nothing has that name
   */
  public static BasicFileAttributes requireFile(Path file, long largest) throws IOException {
    BasicFileAttributes attributes = attributes(file);
    requireNoLink(file, attributes);
    requireRegular(file, attributes);
    if (attributes.size() > largest) {
      throw refused(file, file + " is larger than " + largest + " bytes");
    }
    requireUnwritable(file);
    return attributes;
  }

  /**
   * Checks that reading it ends: it is not a named pipe or a device. For files to which links may
   * lead.
   */
  public static void requireRegular(Path file) throws IOException {
    requireRegular(file, Files.readAttributes(file, BasicFileAttributes.class));
  }

  private static void requireRegular(Path file, BasicFileAttributes attributes)
      throws FileSystemException {
    if (!attributes.isRegularFile()) {
      String what = attributes.isDirectory() ? " is a directory" : " is no regular file";
      throw refused(file, file + what);
    }
  }

  private static void requireNoLink(Path path, BasicFileAttributes attributes)
      throws FileSystemException {
    if (attributes.isSymbolicLink()) {
      throw refused(path, path + " is a symbolic link, which is not followed here: remove it");
    }
  }

  private static FileSystemException refused(Path path, String why) {
    return new FileSystemException(path.toString(), null, why);
  }

  private static void requireUnwritable(Path path) throws IOException {
    if (!isJudged(path)) {
      return;
    }
    FileOwnership ownership = FileOwnership.of(path);
    ownership.requireOurs();
    if (ownership.othersCanWrite()) {
      throw ownership.refused("others can write it", "look at it, then chmod go-w " + path);
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isJudged(Path path) throws IOException {
    return path.getFileSystem().equals(FileSystems.getDefault())
        && OwnerOnly.isPosix(path)
        && !isTrusted(path);
  }

  private static boolean isTrusted(Path path) throws IOException {
    String named = System.getProperty(TRUSTED, "");
    if (named.isBlank()) {
      return false;
    }
    Path real = path.toRealPath();
    for (String each : List.of(named.split(File.pathSeparator))) {
      Path trusted = Path.of(each);
      if (!each.isBlank() && Files.exists(trusted) && real.startsWith(trusted.toRealPath())) {
        return true;
      }
    }
    return false;
  }
}
