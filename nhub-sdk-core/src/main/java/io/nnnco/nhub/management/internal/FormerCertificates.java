package io.nnnco.nhub.management.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.FileProblem;
import io.nnnco.nhub.core.internal.FileTrust;
import io.nnnco.nhub.core.internal.OwnerOnly;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.IdentityFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The note of the certificates that were in a directory and are to be revoked: one line each,
 * written and synced before their successor is requested. A line that a crash has cut off counts
 * for nothing, because then nothing was requested. For the holder of the renewal's lock.
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
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          latest.remove(matcher.group(1));
          latest.put(
              matcher.group(1),
              new Former(
                  matcher.group(1),
                  Instant.parse(matcher.group(2)),
                  Instant.parse(matcher.group(3))));
        }
      }
      return List.copyOf(latest.values());
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | RuntimeException e) {
      throw unusable(e);
    }
  }

  /** Notes one, for good when this returns. */
  void add(ClientIdentity identity, Instant now) {
    String line = new Former(identity.fingerprint(), identity.expiresAt(), now).line();
    try {
      FileTrust.requireDirectory(path.resolveSibling(""));
      boolean created = OwnerOnly.create(path);
      FileTrust.requireFile(path, LARGEST);
      append(path, "\n" + line + "\n"); // The last line may have been cut off.
      if (created) {
        OwnerOnly.syncDirectory(path.resolveSibling(""));
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Forgets all but these. */
  void keep(List<Former> rest) {
    try {
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
    } catch (IOException e) {
      throw unusable(e);
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

  private IdentityFileException unusable(Exception cause) {
    String why = cause instanceof IOException e ? ": " + FileProblem.of(e) : "";
    return new IdentityFileException(
        CoreErrorCode.API_INTENT_FILE,
        path.toString(),
        path + " cannot be used" + why + ".",
        cause);
  }
}
