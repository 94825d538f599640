package io.nnnco.nhub;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** HiveMQ CE as its makers ship it. Needs Docker, and says so where there is none. */
class HiveMqContainerTest extends HiveMqContract {
  @Override
  HiveMq start(Path folder) throws Exception {
    try {
      return HiveMq.inContainer(folder);
    } catch (HiveMq.NoDockerException e) {
      String line = "HiveMQ container suite did not run: " + e.getMessage();
      // Not System.err, which Surefire writes to a file that nobody reads.
      try (PrintStream build =
          new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)) {
        build.println(line);
      }
      return Assumptions.abort(line);
    }
  }
}
