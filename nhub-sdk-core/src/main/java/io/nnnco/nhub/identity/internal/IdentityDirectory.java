package io.nnnco.nhub.identity.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.identity.DirectoryNotWritableException;
import io.nnnco.nhub.identity.IdentityFileMissingException;
import io.nnnco.nhub.identity.IdentityNotSavedException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three files of an identity in a directory, replaced all or none.
 *
 * <p>No file system renames three files at once, so a save goes by way of one sub-directory: the
 * files are written and synced in {@code .staging-…}, which is then renamed to {@code .committed}.
 * That single rename is the point of no return. Then each file is moved from there to its place,
 * and the empty sub-directory deleted. A reader takes each file from {@code .committed} if it is
 * there and from its place otherwise, so it sees the old three before the rename and the new three
 * after it, wherever a save was cut short; and anybody may finish the moves, since what is in
 * {@code .committed} always belongs in place.
 */
public final class IdentityDirectory {
  /** The certificate, with its chain. */
  public static final String CERTIFICATE_FILE = "client.crt";

  /** The private key. */
  public static final String KEY_FILE = "client.key";

  /** The platform's CA. */
  public static final String CA_FILE = "ca.crt";

  private static final Logger log = LoggerFactory.getLogger(IdentityDirectory.class);
  private static final List<String> NAMES = List.of(CERTIFICATE_FILE, KEY_FILE, CA_FILE);
  private static final String COMMITTED = ".committed";
  private static final String STAGING = ".staging-";
  private static final int READ_ATTEMPTS = 10;

  private final Path directory;
  private final Path committed;
  private final FileSteps steps;

  public IdentityDirectory(Path directory) {
    this(directory, new RealFileSteps());
  }

  IdentityDirectory(Path directory, FileSteps steps) {
    this.directory = directory.toAbsolutePath();
    this.committed = this.directory.resolve(COMMITTED);
    this.steps = steps;
  }

  /** Any PEM file, such as a CA's alone. */
  public static PemText readFile(Path file) {
    return PemFile.read(file.toAbsolutePath());
  }

  /** The three texts, all of one save. */
  public PemTexts load() {
    if (Files.notExists(directory)) {
      throw new IdentityFileMissingException(directory.toString());
    }
    finishOrWarn();
    PemTexts texts = readOnce();
    for (int i = 0; i < READ_ATTEMPTS; i++) {
      PemTexts again = readOnce();
      if (again.sameTextsAs(texts)) {
        break; // Nobody saved between the first file and the last.
      }
      texts = again;
    }
    PemFile.warnIfOthersCanRead(directory.resolve(KEY_FILE));
    return texts;
  }

  /** Replaces the three files, all or, with an exception, none. */
  public void save(PemTexts texts) {
    Path staging = staging();
    try {
      prepare();
      steps.createDirectory(staging);
      write(staging.resolve(CERTIFICATE_FILE), texts.certificate());
      write(staging.resolve(KEY_FILE), texts.key());
      write(staging.resolve(CA_FILE), texts.ca());
      steps.sync(staging);
      commit(staging);
    } catch (IOException e) {
      discard(staging, e);
      throw new IdentityNotSavedException(directory.toString(), PemFile.reason(directory, e), e);
    }
    finishOrWarn();
  }

  /** Does what a save would do, up to its point of no return. */
  public void proveWritable() {
    Path staging = staging();
    try {
      prepare();
      steps.createDirectory(staging);
      write(staging.resolve(KEY_FILE), new PemText("probe", "probe"));
      steps.sync(staging);
      delete(staging);
      steps.sync(directory);
    } catch (IOException e) {
      discard(staging, e);
      throw new DirectoryNotWritableException(
          directory.toString(), PemFile.reason(directory, e), e);
    }
  }

  private Path staging() {
    return directory.resolve(STAGING + UUID.randomUUID());
  }

  private void prepare() throws IOException {
    createDirectories(directory);
    for (String name : NAMES) {
      if (Files.isDirectory(directory.resolve(name))) {
        throw new FileSystemException(name, null, "there is a directory called " + name);
      }
    }
    finish();
    try (DirectoryStream<Path> leftOver = Files.newDirectoryStream(directory, STAGING + "*")) {
      for (Path staging : leftOver) {
        delete(staging);
      }
    }
  }

  private void createDirectories(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    Path parent = path.getParent();
    if (parent != null) {
      createDirectories(parent);
    }
    steps.createDirectory(path);
    if (parent != null) {
      steps.sync(parent);
    }
  }

  private void write(Path file, PemText pem) throws IOException {
    steps.write(file, pem.text().getBytes(UTF_8));
    steps.sync(file);
  }

  private void commit(Path staging) throws IOException {
    steps.move(staging, committed);
    try {
      steps.sync(directory);
    } catch (IOException e) {
      steps.move(committed, staging);
      throw e;
    }
  }

  private void finishOrWarn() {
    try {
      finish();
    } catch (IOException e) {
      log.warn(
          "The identity in {} is complete, but some of its files are still in {}: {}",
          directory,
          COMMITTED,
          PemFile.reason(directory, e));
    }
  }

  /** Several may do this at once: each moves what is still there. */
  private void finish() throws IOException {
    if (!Files.isDirectory(committed)) {
      return;
    }
    for (String name : NAMES) {
      try {
        if (Files.exists(committed.resolve(name))) {
          steps.move(committed.resolve(name), directory.resolve(name));
        }
      } catch (NoSuchFileException e) {
        log.debug("{} was put in its place by another reader.", name);
      }
    }
    steps.sync(directory);
    try {
      steps.delete(committed);
    } catch (DirectoryNotEmptyException e) {
      log.debug("{} holds a later save already, which its saver will finish.", committed);
    }
    steps.sync(directory);
  }

  private void discard(Path staging, IOException cause) {
    try {
      if (Files.exists(staging)) {
        delete(staging);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void delete(Path staging) throws IOException {
    for (String name : NAMES) {
      steps.delete(staging.resolve(name));
    }
    steps.delete(staging);
  }

  private PemTexts readOnce() {
    return new PemTexts(readOnce(CERTIFICATE_FILE), readOnce(KEY_FILE), readOnce(CA_FILE));
  }

  private PemText readOnce(String name) {
    Path file = directory.resolve(name);
    Path newer = committed.resolve(name);
    try {
      return new PemText(file.toString(), PemFile.text(newer));
    } catch (NoSuchFileException e) {
      return PemFile.read(file);
    } catch (IOException e) {
      // Without such a sub-directory, what cannot be read is the directory itself.
      throw PemFile.unreadable(Files.isDirectory(committed) ? newer : directory, e);
    }
  }
}
