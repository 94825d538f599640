package io.nnnco.nhub.cli;

import java.util.logging.LogManager;

/**
 * Silences the logs of the process: what a user should know, the commands say themselves. To be
 * called before any logger exists, as the logging libraries read their settings only once.
 */
final class Logs {
  private static final String LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  private Logs() {}

  static void configure(boolean verbose) {
    if (verbose) {
      System.setProperty(LEVEL, "info");
      System.setProperty("org.slf4j.simpleLogger.log.io.nnnco.nhub", "debug");
    } else {
      System.setProperty(LEVEL, "off");
      // OkHttp and MockWebServer write by java.util.logging.
      LogManager.getLogManager().reset();
    }
  }
}
