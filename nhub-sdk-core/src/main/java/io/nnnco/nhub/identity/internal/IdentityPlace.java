package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.identity.PemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The files of an identity that somebody may replace at any time, under whatever names. Reading
 * them writes no log, because it happens again and again.
 */
public final class IdentityPlace {
  private final List<Path> directories;
  private final Supplier<Path> key;
  private final Supplier<PemTexts> reading;

  private IdentityPlace(Stream<Path> directories, Supplier<Path> key, Supplier<PemTexts> reading) {
    this.directories = directories.distinct().toList();
    this.key = key;
    this.reading = reading;
  }

  /** A directory with our names or, if it has none of those, with cert-manager's. */
  public static IdentityPlace in(Path directory) {
    Path absolute = directory.toAbsolutePath();
    IdentityDirectory ours = new IdentityDirectory(absolute);
    IdentityPlace certManagers =
        of(absolute.resolve("tls.crt"), absolute.resolve("tls.key"), absolute.resolve("ca.crt"));
    Path ourKey = absolute.resolve(IdentityDirectory.KEY_FILE);
    return new IdentityPlace(
        Stream.of(absolute),
        () -> ours.isEmpty() && certManagers.exists() ? certManagers.key.get() : ourKey,
        () -> ours.isEmpty() && certManagers.exists() ? certManagers.read() : ours.read());
  }

  /** Three files. */
  public static IdentityPlace of(Path certificate, Path key, Path ca) {
    List<Path> files = Stream.of(certificate, key, ca).map(Path::toAbsolutePath).toList();
    return new IdentityPlace(
        files.stream().map(file -> file.resolveSibling("")),
        () -> files.get(1),
        () ->
            ConsistentRead.of(
                files.get(1),
                files,
                () ->
                    new PemTexts(
                        PemFile.read(files.get(0)),
                        PemFile.read(files.get(1)),
                        PemFile.read(files.get(2)))));
  }

  /** One file with all; those of its certificates that issued themselves are the CA's. */
  public static IdentityPlace of(Path file) {
    IdentityPlace thrice = of(file, file, file);
    return new IdentityPlace(
        thrice.directories.stream(),
        thrice.key,
        () -> {
          PemText all = thrice.read().certificate();
          return new PemTexts(all, all, anchorsIn(all));
        });
  }

  private static PemText anchorsIn(PemText all) {
    List<X509Certificate> anchors =
        CertificateReader.read(all).stream()
            .filter(each -> each.getSubjectX500Principal().equals(each.getIssuerX500Principal()))
            .toList();
    if (anchors.isEmpty()) {
      throw new PemException(
          CoreErrorCode.IDENTITY_PEM_UNEXPECTED,
          all.source(),
          all.source() + " has no CA certificate beside the client's.",
          null);
    }
    return new PemText(all.source(), PemWriting.certificates(anchors));
  }

  private boolean exists() {
    return Files.exists(key.get());
  }

  /** The three texts as they are at one moment. */
  public PemTexts read() {
    return reading.get();
  }

  /** Where a change shows. */
  List<Path> directories() {
    return directories;
  }

  @Override
  public String toString() {
    return key.get().toString();
  }

  /** Warns if every user of the machine can read the key. */
  public void warnIfOthersCanRead() {
    PemFile.warnIfOthersCanRead(key.get());
  }
}
