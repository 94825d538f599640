package io.nnnco.nhub.brokers.kafka;

import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.cli.ConnectStandalone;

/** A worker of Kafka Connect as a process, as {@link ConnectWorker} has configured it. */
final class ConnectServer {
  static final String STANDALONE = "standalone";

  private ConnectServer() {}

  /** With its properties, and whether it is alone. */
  public static void main(String[] args) {
    Parent.endWithIt();
    String[] properties = {args[0]};
    if (args[1].equals(STANDALONE)) {
      ConnectStandalone.main(properties);
    } else {
      ConnectDistributed.main(properties);
    }
  }
}
