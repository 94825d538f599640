package io.nnnco.nhub.management.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.core.internal.FileTrust;
import io.nnnco.nhub.core.internal.OwnerOnly;
import io.nnnco.nhub.identity.ClientIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The note of the certificates that were in a directory and are to be revoked: one line each,
 * written and synced before their successor is requested. A line that is not whole counts for
 * nothing. For the holder of the renewal's lock.
 */
final class FormerCertificates {
  private static final String NAME = ".former-certificates";
  private static final long LARGEST = 1024 * 1024;
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64}) expires (\\S{1,40}) replaced (\\S{1,40})");

  private final Path path;

  FormerCertificates(Path directory) {
    this.path = directory.toAbsolutePath().resolve(NAME);
  }

  /**
   * A certificate to revoke.
   *
   * @param fingerprint its SHA-256, in hexadecimal digits
   * @param expiresAt its last moment
   * @param replacedAt when its successor was requested
   */
  record Former(String fingerprint, Instant expiresAt, Instant replacedAt) {
    String line() {
      return fingerprint + " expires " + expiresAt + " replaced " + replacedAt;
    }
  }

  /** Those of the note, the oldest first. It decides what is revoked, so it must be ours. */
  List<Former> read() {
    try {
      FileTrust.requireDirectory(path.resolveSibling(""));
      FileTrust.requireFile(path, LARGEST);
      Map<String, Former> latest = new LinkedHashMap<>();
      for (String line : Files.readAllLines(path, UTF_8)) {
        Former former = parse(line);
        if (former != null) {
          latest.remove(former.fingerprint());
          latest.put(former.fingerprint(), former);
        }
      }
      return List.copyOf(latest.values());
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | RuntimeException e) {
      throw IntentFile.unusable(path, e);
    }
  }

  /** Null for a line that is not whole. */
  private static @Nullable Former parse(String line) {
    Matcher matcher = LINE.matcher(line);
    try {
      return matcher.matches()
          ? new Former(
              matcher.group(1), Instant.parse(matcher.group(2)), Instant.parse(matcher.group(3)))
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Notes one, for good when this returns; once, however often its renewal is attempted. */
  void add(ClientIdentity identity, Instant now) {
    List<Former> all = new ArrayList<>(read());
    all.removeIf(former -> former.fingerprint().equals(identity.fingerprint()));
    all.add(new Former(identity.fingerprint(), identity.expiresAt(), now));
    keep(all);
  }

  /** Forgets all but these. The file is replaced as a whole, or not at all. */
  void keep(List<Former> rest) {
    try {
      FileTrust.requireDirectory(path.resolveSibling(""));
      if (rest.isEmpty()) {
        Files.deleteIfExists(path);
        return;
      }
      Path next = path.resolveSibling(NAME + ".new");
      Files.deleteIfExists(next);
      OwnerOnly.create(next);
      StringBuilder lines = new StringBuilder();
      rest.forEach(former -> lines.append(former.line()).append('\n'));
      append(next, lines.toString());
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      OwnerOnly.syncDirectory(path.resolveSibling(""));
    } catch (IOException e) {
      throw IntentFile.unusable(path, e);
    }
  }

  private static void append(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
