package io.nnnco.nhub.core.internal;

import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of the SDK. They inherit nothing from the thread that happens to need one,
 * which may be any of an application server's: no inheritable thread-locals and no context class
 * loader.
 */
public final class OwnThreads {
  private OwnThreads() {}

  /** A daemon that has not started and runs no user code: its class loader is the SDK's. */
  public static Thread daemon(String name, Runnable task) {
    return daemon(name, task, classLoader());
  }

  /** A daemon that has not started, with a context class loader for the user code that it runs. */
  public static Thread daemon(String name, Runnable task, @Nullable ClassLoader loader) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    return thread;
  }

  /** The class loader of threads that run no user code. */
  public static @Nullable ClassLoader classLoader() {
    return OwnThreads.class.getClassLoader();
  }
}
