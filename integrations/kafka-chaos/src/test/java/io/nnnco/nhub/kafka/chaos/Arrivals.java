package io.nnnco.nhub.kafka.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.BitSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What has come to Kafka, compared with what the fleet has sent. Thread-safe. */
final class Arrivals {
  private final Fleet fleet;
  private final BitSet[] seen;
  private int distinct;
  private int duplicates;
  private int outOfOrder;
  private int damaged;
  private int wrongKeys;

  Arrivals(Fleet fleet) {
    this.fleet = fleet;
    seen = new BitSet[fleet.devices()];
    Arrays.setAll(seen, device -> new BitSet(fleet.messagesOf(device)));
  }

  /** The next record of its partition. */
  synchronized void add(ConsumerRecord<String, byte[]> record) {
    int device = Fleet.device(record.key());
    int number = Fleet.number(record.timestamp());
    check(record, device, number);
    if (seen[device].get(number)) {
      duplicates++;
      return;
    }
    distinct++;
    if (seen[device].length() != number) { // One is missing before it, or a later one was there.
      outOfOrder++;
    }
    seen[device].set(number);
  }

  private void check(ConsumerRecord<String, byte[]> record, int device, int number) {
    byte[] payload = Fleet.payload(device, number);
    if (!Arrays.equals(payload, record.value())) {
      damaged++;
    }
    byte[] key = record.headers().lastHeader("nhub.deduplication.key").value();
    if (!Fleet.deduplicationKey(device, payload).equals(new String(key, UTF_8))) {
      wrongKeys++;
    }
  }

  synchronized int distinct() {
    return distinct;
  }

  synchronized int duplicates() {
    return duplicates;
  }

  /** What must be so, whatever was killed. */
  synchronized Verdict verdict() {
    return new Verdict(fleet.messages() - distinct, outOfOrder, damaged, wrongKeys);
  }

  /**
   * Each is 0 if nothing is wrong.
   *
   * @param missing messages that are not in Kafka
   * @param outOfOrder first deliveries before which another of their device should have come
   * @param damaged records whose bytes are not those that were sent
   * @param wrongKeys records, duplicates too, without the deduplication key of their message
   */
  record Verdict(int missing, int outOfOrder, int damaged, int wrongKeys) {
    static final Verdict GOOD = new Verdict(0, 0, 0, 0);
  }
}
