package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.FileProblem;
import io.nnnco.nhub.core.internal.FileTrust;
import io.nnnco.nhub.core.internal.LockFile;
import io.nnnco.nhub.core.internal.OwnerOnly;
import io.nnnco.nhub.identity.IdentityFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file that records an issue until it is finished: readable by its owner only, locked while in
 * use, and synced to disk line by line. It is only appended to, so that a crash can damage no line
 * but the last.
 */
final class IntentFile implements AutoCloseable {
  private static final String NAME = ".issue-intent";

  /** Ids of certificates take the most space: enough for 20,000. */
  private static final long LARGEST = 1024 * 1024;

  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final Set<OpenOption> EXISTING =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final Path path;
  private final FileChannel channel;
  private final LockFile lock;

  private IntentFile(Path path, FileChannel channel, LockFile lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  static boolean exists(Path directory) {
    return Files.exists(path(directory), LinkOption.NOFOLLOW_LINKS);
  }

  /** A new file, or null if one exists. */
  static @Nullable IntentFile create(Path directory) {
    Path path = path(directory);
    try {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return null;
      }
      FileTrust.requireDirectory(path.resolveSibling(""));
      IntentFile file = open(path, NEW);
      file.syncDirectory();
      return file;
    } catch (FileAlreadyExistsException e) {
      return null;
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private void syncDirectory() throws IOException {
    try {
      OwnerOnly.syncDirectory(path.resolveSibling(""));
    } catch (IOException e) {
      try (this) {
        delete();
      }
      throw e;
    }
  }

  /**
   * The existing file, or null if there is none. It decides what is revoked, so it must be ours.
   */
  static @Nullable IntentFile open(Path directory) {
    Path path = path(directory);
    try {
      FileTrust.requireFile(path, LARGEST);
      FileTrust.requireDirectory(path.resolveSibling(""));
      return open(path, EXISTING);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static Path path(Path directory) {
    return directory.toAbsolutePath().resolve(NAME);
  }

  /** {@link #close} releases the lock. */
  private static IntentFile open(Path path, Set<OpenOption> options) throws IOException {
    LockFile lock = LockFile.tryAcquire(path.resolveSibling(NAME + ".lock"));
    if (lock == null) {
      throw new IllegalStateException(
          "Another process is issuing a certificate by " + path + " now.");
    }
    try {
      return new IntentFile(path, FileChannel.open(path, options, OwnerOnly.file(path)), lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  @Nullable IssueIntent read() {
    try {
      byte[] content = Channels.newInputStream(channel.position(0)).readAllBytes();
      return IssueIntent.parse(List.of(new String(content, StandardCharsets.UTF_8).split("\n")));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw unusable(path, e);
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
      throw unusable(path, e);
    }
  }

  void delete() {
    try {
      channel.close(); // Windows deletes no open file.
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  @Override
  public void close() {
    try (lock) {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The error of a note beside an identity that cannot be read or written. */
  static IdentityFileException unusable(Path path, Exception cause) {
    String why = cause instanceof IOException e ? ": " + FileProblem.of(e) : "";
    return new IdentityFileException(
        CoreErrorCode.API_INTENT_FILE,
        path.toString(),
        path + " cannot be used" + why + ".",
        cause);
  }
}
