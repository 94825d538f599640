package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.core.internal.OwnThreads;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells at once that something has changed in a directory, where the file system can. It is a short
 * cut and nothing to rely on: there are no events on network and overlay file systems, for a
 * directory that is replaced as a whole, or beyond the limits of inotify.
 */
public final class DirectoryEvents implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DirectoryEvents.class);

  private final @Nullable WatchService service;

  private DirectoryEvents(@Nullable WatchService service) {
    this.service = service;
  }

  /**
   * Begins, on a daemon thread of its own.
   *
   * @param changed run on that thread, after one event or several
   */
  public static DirectoryEvents of(IdentityPlace place, Runnable changed) {
    List<Path> directories = place.directories();
    WatchService service = null;
    try {
      service = directories.get(0).getFileSystem().newWatchService();
      for (Path directory : directories) {
        directory.register(
            service,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE);
      }
      WatchService listening = service;
      OwnThreads.daemon("nhub-identity-events", () -> listen(listening, changed)).start();
    } catch (IOException | UnsupportedOperationException e) {
      log.debug("No file events for {}; it is looked at from time to time.", directories, e);
    }
    return new DirectoryEvents(service);
  }

  private static void listen(WatchService service, Runnable changed) {
    try {
      while (true) {
        WatchKey key = service.take();
        key.pollEvents();
        key.reset();
        changed.run();
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      log.debug("File events end.");
    }
  }

  @Override
  public void close() {
    try {
      if (service != null) {
        service.close();
      }
    } catch (IOException e) {
      log.debug("File events did not end in order.", e);
    }
  }
}
