package io.nnnco.nhub.testkit.internal.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Properties in a file, with a checksum over them: what is read is what was written, or there is an
 * error. The former file stays until the next one is whole.
 */
record StateFile(Path path) {
  private static final String CHECKSUM = "checksum";

  Properties read() throws IOException {
    Properties content = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      content.load(reader);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw damaged(e);
    } catch (IOException e) {
      throw new IOException("The fake cannot read its state: " + e, e);
    }
    Object checksum = content.remove(CHECKSUM);
    if (!checksum(content).equals(checksum)) {
      throw damaged(null);
    }
    return content;
  }

  /** The file is not what a fake has written, or was written by another version. */
  IOException damaged(@Nullable Throwable cause) {
    return new IOException(
        path
            + " is damaged, or of another version of the fake. Delete it to start with a new CA, and"
            + " give the new ca.crt to your clients.",
        cause);
  }

  void write(Properties content) throws IOException {
    Path temporary = null;
    try {
      Path directory = path.toAbsolutePath().getParent();
      temporary = Files.createTempFile(directory, "fake", ".state"); // its owner's only
      Properties checked = new Properties();
      checked.putAll(content);
      checked.setProperty(CHECKSUM, checksum(content));
      try (Writer writer = Files.newBufferedWriter(temporary)) {
        checked.store(writer, "The secrets of a fake N-Hub; written by it, do not edit.");
      }
      Files.move(
          temporary, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException("The fake cannot write its state to " + path + ": " + e, e);
    } finally {
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  private static String checksum(Properties content) {
    try {
      byte[] sorted = new TreeMap<>(content).toString().getBytes(UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sorted));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
