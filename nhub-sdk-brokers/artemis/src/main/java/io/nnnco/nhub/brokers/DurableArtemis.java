package io.nnnco.nhub.brokers;

import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * Apache ActiveMQ Artemis as a process, for tests: started with a folder that holds {@code
 * server.p12} and {@code trusted.p12}, and a port; ends with its standard input. What it knew is
 * there again when it is started again.
 */
final class DurableArtemis {
  private static final String ACCEPTOR =
      "tcp://127.0.0.1:%d?protocols=MQTT;sslEnabled=true;needClientAuth=true"
          + ";keyStorePath=%2$s/server.p12;keyStoreType=PKCS12;keyStorePassword=changeit"
          + ";trustStorePath=%2$s/trusted.p12;trustStoreType=PKCS12;trustStorePassword=changeit";

  private DurableArtemis() {}

  /** With the folder and the port. */
  public static void main(String[] args) throws Exception {
    EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    server.setConfiguration(configuration(Path.of(args[0]), Integer.parseInt(args[1])));
    server.start();
    System.in.readAllBytes();
    server.stop();
    System.exit(0);
  }

  private static Configuration configuration(Path folder, int port) throws Exception {
    AddressSettings forEver = new AddressSettings().setMaxDeliveryAttempts(-1);
    return new ConfigurationImpl()
        .setPersistenceEnabled(true)
        .setJournalType(JournalType.NIO)
        .setJournalSyncTransactional(false) // It is not killed.
        .setJournalSyncNonTransactional(false)
        .setJournalDirectory(folder.resolve("journal").toString())
        .setBindingsDirectory(folder.resolve("bindings").toString())
        .setPagingDirectory(folder.resolve("paging").toString())
        .setLargeMessagesDirectory(folder.resolve("large").toString())
        .setMaxDiskUsage(-1)
        .setSecurityEnabled(false)
        .addAddressSetting("#", forEver)
        .addAcceptorConfiguration("mqtt", ACCEPTOR.formatted(port, folder));
  }
}
