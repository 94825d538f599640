package io.nnnco.nhub.identity.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.FileProblem;
import io.nnnco.nhub.core.internal.FileTrust;
import io.nnnco.nhub.core.internal.LockFile;
import io.nnnco.nhub.identity.IdentityFileException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three files of an identity in a directory, replaced all or none.
 *
 * <p>No file system renames three files at once, so a save uses a sub-directory: the files are
 * written and synced in {@code .staging-…}, which is then renamed to {@code .committed}. That
 * single rename is the point of no return. Then each file is moved from there to its place, and the
 * empty sub-directory is deleted. A reader takes each file from {@code .committed} if it is there,
 * and otherwise from its place. So it sees the three old files before the rename and the three new
 * ones after it, wherever a save was interrupted. Any process may finish the moves, because what is
 * in {@code .committed} always belongs in place.
 *
 * <p>Only one process at a time saves, or finishes a save: the one that holds {@code .lock}.
 * Readers lock nothing; they read again if a file was replaced meanwhile.
 *
 * <p>Anyone who can write here decides who we are. So nothing is written where other users can
 * write, and only files of our own are adopted; but reading the three files requires neither,
 * because secrets are mounted in many ways.
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
  private static final String LOCK = ".lock";
  private static final String STAGING = ".staging-";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path directory;
  private final CommittedFiles committed;
  private final FileSteps steps;
  private final AtomicBoolean warned = new AtomicBoolean();

  public IdentityDirectory(Path directory) {
    this(directory, new RealFileSteps());
  }

  IdentityDirectory(Path directory, FileSteps steps) {
    this.directory = directory.toAbsolutePath();
    this.steps = steps;
    this.committed = new CommittedFiles(this.directory, steps);
  }

  /** Any PEM file, such as one with only a CA. */
  public static PemText readFile(Path file) {
    return PemFile.read(file.toAbsolutePath());
  }

  /** Three files of any names, which no save of ours has written. */
  public static PemTexts readFiles(Path certificate, Path key, Path ca) {
    IdentityPlace place = IdentityPlace.of(certificate, key, ca);
    PemTexts texts = place.read();
    place.warnIfOthersCanRead();
    return texts;
  }

  /** Whether it has none of our files; others may call the CA's so, too. */
  boolean isEmpty() {
    return !Files.exists(committed.path())
        && !Files.exists(directory.resolve(CERTIFICATE_FILE))
        && !Files.exists(directory.resolve(KEY_FILE));
  }

  /** The three texts, all of one save; warns if others can read the key. */
  public PemTexts load() {
    PemTexts texts = read();
    PemFile.warnIfOthersCanRead(directory.resolve(KEY_FILE));
    return texts;
  }

  /** The three texts, all of one save. */
  PemTexts read() {
    if (Files.notExists(directory)) {
      throw PemFile.missing(directory);
    }
    if (!Files.isDirectory(directory)) {
      throw PemFile.unreadable(
          directory, new FileSystemException(directory.toString(), null, "not a directory"));
    }
    finishIfPossible();
    return ConsistentRead.of(directory, places(), this::readOnce);
  }

  /** Replaces all three files or, with an exception, none. */
  public void save(PemTexts texts) {
    try {
      withLock(
          staging -> {
            write(staging.resolve(CERTIFICATE_FILE), texts.certificate());
            write(staging.resolve(KEY_FILE), texts.key());
            write(staging.resolve(CA_FILE), texts.ca());
            steps.sync(staging);
            commit(staging);
            finishOrWarn();
          });
    } catch (IOException e) {
      throw new IdentityFileException(
          CoreErrorCode.IDENTITY_NOT_SAVED,
          directory.toString(),
          "The identity was not saved in " + directory + ": " + PemFile.reason(directory, e) + ".",
          e);
    }
  }

  /** Does what a save would do, up to the point of no return. */
  public void proveWritable() {
    try {
      withLock(
          staging -> {
            write(staging.resolve(KEY_FILE), new PemText("probe", "probe"));
            steps.sync(staging);
            delete(staging);
            steps.sync(directory);
          });
    } catch (IOException e) {
      throw new IdentityFileException(
          CoreErrorCode.IDENTITY_DIRECTORY_NOT_WRITABLE,
          directory.toString(),
          directory + " cannot take an identity: " + PemFile.reason(directory, e) + ".",
          e);
    }
  }

  private interface Work {
    void in(Path staging) throws IOException;
  }

  /** Works in a new staging directory, with exclusive access to this directory. */
  private void withLock(Work work) throws IOException {
    createDirectories(directory);
    FileTrust.requireDirectory(directory);
    LockFile lock = LockFile.acquire(directory.resolve(LOCK), PATIENCE);
    Path staging = directory.resolve(STAGING + UUID.randomUUID());
    try {
      prepare();
      steps.createDirectory(staging);
      work.in(staging);
    } catch (IOException e) {
      discard(staging, e);
      throw e;
    } finally {
      lock.close();
    }
  }

  /**
   * No other process is saving, so the staging directories here are leftovers of interrupted saves.
   */
  private void prepare() throws IOException {
    for (String name : NAMES) {
      if (Files.isDirectory(directory.resolve(name))) {
        throw new FileSystemException(name, null, "there is a directory called " + name);
      }
    }
    committed.finish(NAMES);
    try (DirectoryStream<Path> leftOver = Files.newDirectoryStream(directory, STAGING + "*")) {
      for (Path staging : leftOver) {
        deleteIfOurs(staging);
      }
    }
  }

  private void deleteIfOurs(Path staging) throws IOException {
    try {
      FileTrust.requireSubdirectory(staging);
    } catch (FileSystemException e) {
      log.warn("{} is left alone: {}", staging, FileProblem.of(e));
      return;
    }
    delete(staging);
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
    steps.move(staging, committed.path());
    try {
      steps.sync(directory);
    } catch (IOException e) {
      steps.move(committed.path(), staging);
      throw e;
    }
  }

  /** Any reader may do this, unless a save is running, which will do it itself. */
  private void finishIfPossible() {
    try {
      if (!committed.exist()) {
        return;
      }
      LockFile lock = LockFile.tryAcquire(directory.resolve(LOCK));
      if (lock != null) {
        try {
          finishOrWarn();
        } finally {
          lock.close();
        }
      }
    } catch (IOException e) {
      warnUnfinished(e); // Reading reports the error, if it matters.
    }
  }

  private void finishOrWarn() {
    try {
      committed.finish(NAMES);
    } catch (IOException e) {
      warnUnfinished(e);
    }
  }

  /** Once, because who watches the directory reads it again and again. */
  private void warnUnfinished(IOException e) {
    if (warned.getAndSet(true)) {
      return;
    }
    log.warn(
        "Files of the identity in {} are still in {}: {}",
        directory,
        CommittedFiles.NAME,
        PemFile.reason(directory, e));
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

  /** Each file may be in either place. */
  private List<Path> places() {
    List<Path> places = new ArrayList<>();
    for (String name : NAMES) {
      places.add(committed.path().resolve(name));
      places.add(directory.resolve(name));
    }
    return places;
  }

  private PemTexts readOnce() {
    return new PemTexts(readOnce(CERTIFICATE_FILE), readOnce(KEY_FILE), readOnce(CA_FILE));
  }

  private PemText readOnce(String name) {
    Path file = directory.resolve(name);
    try {
      String newer = committed.text(name);
      return newer == null ? PemFile.read(file) : new PemText(file.toString(), newer);
    } catch (IOException e) {
      // Without such a sub-directory, the directory itself is what cannot be read.
      throw PemFile.unreadable(
          Files.isDirectory(committed.path()) ? committed.path().resolve(name) : directory, e);
    }
  }
}
