package io.nnnco.nhub.stream.internal.transport.packet;

import static io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException.malformed;
import static io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException.protocol;

import io.nnnco.nhub.stream.UserProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of an MQTT 5 packet (section 2.2.2): all are checked, and those that a subscriber
 * needs are kept.
 */
final class Properties {
  static final Properties NONE = new Properties();

  static final int IN_PUBLISH = 1;
  static final int IN_CONNACK = 2;
  static final int IN_SUBACK = 4;
  static final int IN_DISCONNECT = 8;

  private static final int TOPIC_ALIAS = 0x23;
  private static final int SUBSCRIPTION_IDENTIFIER = 0x0B;
  private static final int USER_PROPERTY = 0x26;

  private @Nullable Duration serverKeepAlive;
  private @Nullable Duration sessionExpiry;
  private @Nullable String clientId;
  private int maximumQos = 2;
  private long maximumPacketSize = Long.MAX_VALUE;
  private boolean wildcards = true;
  private boolean sharedSubscriptions = true;
  @Nullable String reason;
  boolean topicAlias;
  UserProperties userProperties = UserProperties.NONE;

  private Properties() {}

  static Properties read(Cursor packet, int allowedIn) throws MalformedPacketException {
    int length = packet.readVariableInt();
    if (length == 0) {
      return NONE;
    }
    Cursor in = packet.slice(length);
    Properties properties = new Properties();
    long seen = 0;
    while (in.remaining() > 0) {
      int id = in.readVariableInt();
      if ((allowedIn & packetsWith(id)) == 0) {
        throw malformed(String.format("Property 0x%02X does not belong in this packet", id));
      }
      if ((seen & (1L << id)) != 0 && id != USER_PROPERTY && id != SUBSCRIPTION_IDENTIFIER) {
        throw protocol(String.format("Property 0x%02X comes twice", id));
      }
      seen |= 1L << id;
      properties.readValue(id, in);
    }
    if (allowedIn == IN_PUBLISH && (seen & (1L << USER_PROPERTY)) != 0) {
      properties.userProperties = new UserProperties(packet.last(length));
    }
    return properties;
  }

  /** Those of a section that was read before. */
  static List<UserProperty> userProperties(Cursor in) throws MalformedPacketException {
    List<UserProperty> found = new ArrayList<>();
    Properties others = new Properties();
    while (in.remaining() > 0) {
      int id = in.readVariableInt();
      if (id == USER_PROPERTY) {
        String name = in.readString();
        found.add(new UserProperty(name, in.readString()));
      } else {
        others.readValue(id, in);
      }
    }
    return List.copyOf(found);
  }

  ServerTerms terms() {
    return this == NONE
        ? ServerTerms.NONE
        : new ServerTerms(
            serverKeepAlive,
            sessionExpiry,
            clientId,
            maximumQos,
            maximumPacketSize,
            wildcards,
            sharedSubscriptions);
  }

  /** Which packets a property may come in; none for an unknown one. */
  private static int packetsWith(int id) {
    return switch (id) {
      case 0x01, 0x02, 0x03, 0x08, 0x09, SUBSCRIPTION_IDENTIFIER, TOPIC_ALIAS -> IN_PUBLISH;
      case 0x11, 0x12, 0x13, 0x15, 0x16, 0x1A, 0x21, 0x22, 0x24, 0x25, 0x27, 0x28, 0x29, 0x2A ->
          IN_CONNACK;
      case 0x1C -> IN_CONNACK | IN_DISCONNECT;
      case 0x1F -> IN_CONNACK | IN_SUBACK | IN_DISCONNECT;
      case USER_PROPERTY -> IN_PUBLISH | IN_CONNACK | IN_SUBACK | IN_DISCONNECT;
      default -> 0;
    };
  }

  private void readValue(int id, Cursor in) throws MalformedPacketException {
    switch (id) {
      case 0x01, 0x25, 0x29 -> readFlag(id, in);
      case 0x24 -> maximumQos = readFlag(id, in) ? 1 : 0;
      case 0x28 -> wildcards = readFlag(id, in);
      case 0x2A -> sharedSubscriptions = readFlag(id, in);
      case 0x02 -> in.readInt();
      case 0x11 -> sessionExpiry = Duration.ofSeconds(in.readInt());
      case 0x12 -> clientId = in.readString();
      case 0x27 -> {
        maximumPacketSize = in.readInt();
        requireMoreThanZero(id, maximumPacketSize);
      }
      case 0x21 -> requireMoreThanZero(id, in.readShort());
      case 0x22 -> in.readShort();
      case 0x13 -> serverKeepAlive = Duration.ofSeconds(in.readShort());
      case TOPIC_ALIAS -> {
        in.readShort();
        topicAlias = true;
      }
      case SUBSCRIPTION_IDENTIFIER -> requireMoreThanZero(id, in.readVariableInt());
      case 0x09, 0x16 -> in.readBinary();
      case USER_PROPERTY -> {
        in.skipString();
        in.skipString();
      }
      case 0x1F -> reason = in.readString();
      default -> in.readString();
    }
  }

  private static boolean readFlag(int id, Cursor in) throws MalformedPacketException {
    int value = in.readByte();
    if (value > 1) {
      throw protocol(String.format("Property 0x%02X is %d, not 0 or 1", id, value));
    }
    return value == 1;
  }

  private static void requireMoreThanZero(int id, long value) throws MalformedPacketException {
    if (value == 0) {
      throw protocol(String.format("Property 0x%02X is 0", id));
    }
  }
}
