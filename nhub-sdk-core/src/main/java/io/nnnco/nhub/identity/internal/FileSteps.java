package io.nnnco.nhub.identity.internal;

import java.io.IOException;
import java.nio.file.Path;

/** What a save does to the file system, step by step, so that a test can stop it at each step. */
interface FileSteps {

  /** Creates a directory that only its owner can use. Its parent must exist. */
  void createDirectory(Path directory) throws IOException;

  /** Writes a new file that only its owner can read. */
  void write(Path file, byte[] content) throws IOException;

  /** Syncs the content of a file, or the names in a directory, to disk. */
  void sync(Path path) throws IOException;

  /** Renames in one step, replacing a file of the new name. */
  void move(Path from, Path to) throws IOException;

  /** Deletes a file or an empty directory, if it exists. */
  void delete(Path path) throws IOException;
}
