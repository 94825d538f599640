package io.nnnco.nhub.kafka.connect;

import java.util.List;

/**
 * A durable session at the bridge, and the devices whose messages it receives.
 *
 * @param number its place among the sessions of the connector, from 0
 * @param durableName its name at the bridge
 * @param devices the devices; empty for all
 */
record Session(int number, String durableName, List<String> devices) {
  Session {
    devices = List.copyOf(devices);
  }
}
