package io.nnnco.nhub.identity.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The real steps, up to one at which the disk fails or the power is cut. After a power cut nothing
 * works any more, clean-up included, and files that were not synced have lost half their content.
 */
final class BreakingFileSteps implements FileSteps {
  private final FileSteps real = new RealFileSteps();
  private final List<String> taken = new ArrayList<>();
  private final Set<Path> unsynced = new HashSet<>();
  private final int breakAt;
  private final How how;

  private BreakingFileSteps(int breakAt, How how) {
    this.breakAt = breakAt;
    this.how = how;
  }

  private enum How {
    FAIL_ONCE,
    FAIL_FROM_THEN_ON,
    CUT_POWER
  }

  /** Not an exception that any code could handle. */
  static final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  static BreakingFileSteps neverFailing() {
    return new BreakingFileSteps(Integer.MAX_VALUE, How.FAIL_ONCE);
  }

  static BreakingFileSteps failingOnceAt(int step) {
    return new BreakingFileSteps(step, How.FAIL_ONCE);
  }

  static BreakingFileSteps failingAt(int step) {
    return new BreakingFileSteps(step, How.FAIL_FROM_THEN_ON);
  }

  static BreakingFileSteps powerCutAt(int step) {
    return new BreakingFileSteps(step, How.CUT_POWER);
  }

  /** The steps so far, with the names of files and without random parts. */
  List<String> taken(Path directory) {
    return taken.stream()
        .map(step -> step.replaceAll("\\.staging-[0-9a-f-]+", ".staging"))
        .map(step -> step.replace(directory.getFileName().toString(), "directory"))
        .toList();
  }

  void loseWhatWasNotSynced() throws IOException {
    for (Path file : unsynced) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(Files.size(file) / 2);
      }
    }
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    step("createDirectory " + name(directory), directory, () -> real.createDirectory(directory));
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    step("write " + name(file), file, () -> real.write(file, content));
    unsynced.add(file);
  }

  @Override
  public void sync(Path path) throws IOException {
    step("sync " + name(path), path, () -> real.sync(path));
    unsynced.remove(path);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    step("move " + name(from) + " to " + name(to), from, () -> real.move(from, to));
  }

  @Override
  public void delete(Path path) throws IOException {
    step("delete " + name(path), path, () -> real.delete(path));
  }

  private void step(String name, Path path, Step step) throws IOException {
    int number = taken.size();
    taken.add(name);
    if (how == How.CUT_POWER && number >= breakAt) {
      throw new PowerCut();
    }
    if (how == How.FAIL_ONCE ? number == breakAt : number >= breakAt) {
      throw new FileSystemException(path.toString(), null, "No space left on device");
    }
    step.run();
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
