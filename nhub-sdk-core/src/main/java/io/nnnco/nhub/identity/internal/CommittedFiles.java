package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.core.internal.FileTrust;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a save has committed but not yet moved into place: the sub-directory {@code .committed}. It
 * decides who we are and whom we trust, so it is adopted only if no other user can have created it.
 */
final class CommittedFiles {
  static final String NAME = ".committed";

  private static final Logger log = LoggerFactory.getLogger(IdentityDirectory.class);

  private final Path directory;
  private final Path committed;
  private final FileSteps steps;

  CommittedFiles(Path directory, FileSteps steps) {
    this.directory = directory;
    this.committed = directory.resolve(NAME);
    this.steps = steps;
  }

  Path path() {
    return committed;
  }

  boolean exist() throws IOException {
    try {
      Files.readAttributes(committed, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** The text of such a file, or null if it does not exist. */
  @Nullable String text(String name) throws IOException {
    return isThere(name) ? textOf(committed.resolve(name)) : null;
  }

  private static @Nullable String textOf(Path file) throws IOException {
    try {
      return PemFile.text(file);
    } catch (NoSuchFileException e) {
      return null; // It has just been moved into place.
    }
  }

  /** Whether such a file exists; if so, it is ours. */
  private boolean isThere(String name) throws IOException {
    if (!exist()) {
      return false;
    }
    FileTrust.requireDirectory(directory);
    try {
      FileTrust.requireSubdirectory(committed);
      FileTrust.requireFile(committed.resolve(name), PemFile.LARGEST);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Moves the files into place. For the holder of the directory's lock. */
  void finish(List<String> names) throws IOException {
    if (!exist()) {
      return;
    }
    for (String name : names) {
      if (isThere(name)) {
        steps.move(committed.resolve(name), directory.resolve(name));
      }
    }
    steps.sync(directory);
    try {
      steps.delete(committed);
    } catch (DirectoryNotEmptyException e) {
      log.debug("{} holds something else, too.", committed);
    }
    steps.sync(directory);
  }
}
