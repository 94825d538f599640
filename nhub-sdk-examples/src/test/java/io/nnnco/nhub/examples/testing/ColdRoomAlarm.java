package io.nnnco.nhub.examples.testing;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.UplinkHandler;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An integration as its author would write it: it notes each device that is too warm. */
final class ColdRoomAlarm implements UplinkHandler {
  private final BlockingQueue<String> alarms = new LinkedBlockingQueue<>();

  @Override
  public void handle(Uplink uplink) {
    uplink
        .reading("temperature")
        .filter(reading -> reading.number().orElse(0) > 8)
        .ifPresent(reading -> alarms.add(uplink.deviceId()));
  }

  BlockingQueue<String> alarms() {
    return alarms;
  }
}
