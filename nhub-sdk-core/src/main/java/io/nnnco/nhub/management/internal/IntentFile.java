package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.management.IntentFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file that remembers an issue until it is finished: readable by its owner alone, locked while
 * somebody works with it, brought to the disk line by line. Only added to, so that a crash can
 * spoil no line but the last.
 */
final class IntentFile implements AutoCloseable {
  private static final String NAME = ".issue-intent";

  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final Set<OpenOption> EXISTING =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final Path path;
  private final FileChannel channel;

  private IntentFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** A new file, or null if there is one. */
  static @Nullable IntentFile create(Path directory) {
    Path path = path(directory);
    try {
      return create(path, FileChannel.open(path, NEW, ownerOnly(path)));
    } catch (FileAlreadyExistsException e) {
      return null;
    } catch (IOException e) {
      throw new IntentFileException(path.toString(), e);
    }
  }

  private static IntentFile create(Path path, FileChannel channel) throws IOException {
    try {
      IntentFile file = locked(path, channel);
      file.syncDirectory();
      return file;
    } catch (IOException e) {
      new IntentFile(path, channel).delete();
      throw e;
    }
  }

  /** The file that is there, or null if there is none. */
  static @Nullable IntentFile open(Path directory) {
    Path path = path(directory);
    try {
      return locked(path, FileChannel.open(path, EXISTING));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new IntentFileException(path.toString(), e);
    }
  }

  private static Path path(Path directory) {
    return directory.toAbsolutePath().resolve(NAME);
  }

  /** The lock is given back with the channel. */
  private static IntentFile locked(Path path, FileChannel channel) throws IOException {
    boolean held = false;
    try {
      held = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // It is held in this very process.
    } finally {
      if (!held) {
        channel.close();
      }
    }
    if (!held) {
      throw new IllegalStateException("Somebody else is issuing by " + path + " right now.");
    }
    return new IntentFile(path, channel);
  }

  @Nullable IssueIntent read() {
    try {
      byte[] content = Channels.newInputStream(channel.position(0)).readAllBytes();
      return IssueIntent.parse(List.of(new String(content, StandardCharsets.UTF_8).split("\n")));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new IntentFileException(path.toString(), e);
    }
  }

  void append(String line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      channel.position(channel.size());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new IntentFileException(path.toString(), e);
    }
  }

  void delete() {
    try {
      channel.close(); // Windows deletes no open file.
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new IntentFileException(path.toString(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void syncDirectory() throws IOException {
    Path directory = path.getParent();
    if (directory != null && isPosix(path)) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
