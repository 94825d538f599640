package io.nnnco.nhub.cli;

import java.util.logging.LogManager;

/**
 * Silences the logs of the process: the commands themselves say what a user should know. Call it
 * before any logger exists, because the logging libraries read their settings only once.
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
