package io.nnnco.nhub.brokers;

import io.moquette.BrokerConstants;
import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * Moquette as a process, for tests: started with a folder that holds {@code server.p12}, and a
 * port; ends with its standard input. What it has stored is there again when it is started again.
 */
final class DurableMoquette {
  private static final String STORE_PASSWORD = "changeit";
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final long LOOK_AGAIN_NANOS = 10_000_000;

  private DurableMoquette() {}

  /** With the folder and the port. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Properties settings = new Properties();
    settings.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
    settings.setProperty(IConfig.PORT_PROPERTY_NAME, BrokerConstants.DISABLED_PORT_BIND);
    settings.setProperty(IConfig.SSL_PORT_PROPERTY_NAME, args[1]);
    settings.setProperty(IConfig.JKS_PATH_PROPERTY_NAME, folder.resolve("server.p12").toString());
    settings.setProperty(IConfig.KEY_STORE_TYPE, "pkcs12");
    settings.setProperty(IConfig.KEY_STORE_PASSWORD_PROPERTY_NAME, STORE_PASSWORD);
    settings.setProperty(IConfig.KEY_MANAGER_PASSWORD_PROPERTY_NAME, STORE_PASSWORD);
    settings.setProperty(BrokerConstants.NEED_CLIENT_AUTH, "true");
    settings.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
    settings.setProperty(
        IConfig.DATA_PATH_PROPERTY_NAME,
        Files.createDirectories(folder.resolve("data")).toString());
    System.exit(run(settings) ? 0 : 1);
  }

  private static boolean run(Properties settings) throws IOException {
    Server server = new Server();
    try {
      server.startServer(settings);
    } catch (RuntimeException e) { // Else its threads would go on.
      e.printStackTrace();
      return false;
    }
    System.in.readAllBytes();
    awaitNobody(server);
    server.stopServer();
    return true;
  }

  /** Sessions that it has not seen end are stored in a form that stops its next start. */
  private static void awaitNobody(Server server) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!server.listConnectedClients().isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
