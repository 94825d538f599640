package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.identity.IdentityFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Reads several files as they were at one moment: again, if one was replaced meanwhile. */
final class ConsistentRead {
  private static final int ATTEMPTS = 1_000;

  private ConsistentRead() {}

  /**
   * What was read while none of the files was replaced.
   *
   * @param place what to name if they never stand still
   * @param files all that the reading looks at, there or not
   */
  static PemTexts of(Path place, List<Path> files, Supplier<PemTexts> reading) {
    for (int i = 0; i < ATTEMPTS; i++) {
      List<Object> before = stamps(files);
      PemTexts texts;
      try {
        texts = reading.get();
      } catch (IdentityException e) {
        if (stamps(files).equals(before)) {
          throw e;
        }
        continue;
      }
      if (stamps(files).equals(before)) {
        return texts;
      }
    }
    throw new IdentityFileException(
        CoreErrorCode.IDENTITY_FILE_UNREADABLE,
        place.toString(),
        place + " cannot be read: it is replaced again and again while it is read.",
        null);
  }

  /** Changes whenever one of the files becomes another. */
  private static List<Object> stamps(List<Path> files) {
    List<Object> stamps = new ArrayList<>();
    for (Path file : files) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.add(Arrays.asList(now.fileKey(), now.lastModifiedTime(), now.size()));
      } catch (IOException e) {
        stamps.add(e.getClass());
      }
    }
    return stamps;
  }
}
