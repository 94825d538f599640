package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.AckRecord;
import io.nnnco.nhub.testkit.ConnectRecord;
import io.nnnco.nhub.testkit.DisconnectRecord;
import io.nnnco.nhub.testkit.DropRecord;
import io.nnnco.nhub.testkit.HandshakeRecord;
import io.nnnco.nhub.testkit.RequestRecord;
import io.nnnco.nhub.testkit.SubscribeRecord;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The journals, by the names of their methods in {@code FakeNHub}, and the messages. */
enum JournalName {
  REQUESTS("requests", RequestRecord.class, "the requests to the management API"),
  CONNECTS("connects", ConnectRecord.class, "the CONNECTs to which the bridge responded"),
  DISCONNECTS("disconnects", DisconnectRecord.class, "the ends of accepted connections"),
  SUBSCRIPTIONS(
      "subscriptions",
      SubscribeRecord.class,
      "the topic filters to which the bridge responded, one by one"),
  ACKS("acks", AckRecord.class, "the PUBACKs in the order in which the bridge read them"),
  DROPS(
      "drops",
      DropRecord.class,
      "the messages dropped because too many others were waiting for their client"),
  HANDSHAKE_FAILURES(
      "handshakeFailures",
      HandshakeRecord.class,
      "the connections that did not complete the TLS handshake"),
  MESSAGES("messages", PublishedMessage.class, "the messages that were published"),
  RESETS("resets", Reset.class, "the reset with which the fake started over; empty before one");

  private final String label;
  private final Class<? extends Record> type;
  private final String description;

  JournalName(String label, Class<? extends Record> type, String description) {
    this.label = label;
    this.type = type;
    this.description = description;
  }

  /** Its name in paths. */
  String label() {
    return label;
  }

  /** What its entries are written as. */
  Class<? extends Record> type() {
    return type;
  }

  String description() {
    return description;
  }

  static JournalName of(String label) {
    return Arrays.stream(values())
        .filter(name -> name.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no journal " + label + "; there are: " + labels() + "."));
  }

  /** Those in a list with commas; all of them for an empty one. */
  static Set<JournalName> listed(String labels) {
    return labels.isEmpty()
        ? EnumSet.allOf(JournalName.class)
        : Arrays.stream(labels.split(",", -1))
            .map(label -> of(label.strip()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(JournalName.class)));
  }

  static String labels() {
    return Arrays.stream(values()).map(JournalName::label).collect(Collectors.joining(", "));
  }
}
