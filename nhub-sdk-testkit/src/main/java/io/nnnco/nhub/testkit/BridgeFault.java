package io.nnnco.nhub.testkit;

import java.time.Duration;
import java.util.Objects;

/**
 * Faults of the MQTT bridge. A fault with a component {@code at} happens at that {@link Moment};
 * the others have one natural moment, which they name.
 */
public sealed interface BridgeFault extends Fault {
  /** A point in a connection's life at which a fault can happen. */
  enum Moment {
    /** A CONNECT was read, but not processed yet. */
    CONNECT,
    /** A CONNACK that accepts the client was written. */
    CONNACK,
    /** A SUBSCRIBE was read, but not processed yet. */
    SUBSCRIBE,
    /** A SUBACK was written. */
    SUBACK,
    /** A PUBLISH is about to be written to the client. */
    PUBLISH,
    /** A PUBLISH was written to the client. */
    PUBLISHED,
    /** A PUBACK was received, but not processed yet. */
    PUBACK,
    /** A PINGREQ was read, but not processed yet. */
    PING
  }

  /** The server certificate that the bridge presents. */
  enum ServerCertificate {
    /** The right one: from the platform CA, for this host, in date. */
    GENUINE,
    /** A self-signed one. */
    SELF_SIGNED,
    /** One from a CA that is not the platform's. */
    OTHER_CA,
    /** One from the platform CA, for another host. */
    WRONG_NAME,
    /** One from the platform CA, for this host, expired. */
    EXPIRED
  }

  /**
   * The bridge rejects the client's certificate inside the TLS handshake, as some bridges do, so
   * that the client sees a TLS alert and no CONNACK. Opportunities: handshakes in which the client
   * presents a certificate.
   */
  record RejectCertificate() implements BridgeFault {}

  /**
   * The bridge presents a certificate that the client should not trust. Opportunities: connections.
   *
   * @param certificate the certificate
   */
  record WrongServerCertificate(ServerCertificate certificate) implements BridgeFault {
    /**
     * Checks the argument.
     *
     * @param certificate the certificate
     */
    public WrongServerCertificate {
      Objects.requireNonNull(certificate, "certificate");
    }
  }

  /**
   * The bridge refuses the CONNECT. Opportunities: CONNECTs.
   *
   * @param reasonCode the code of the MQTT 5 CONNACK, 0x80 to 0xFF, sent unchanged; an MQTT 3.1.1
   *     client gets the nearest return code, and values 1 to 5 unchanged
   * @param reason the reason string for an MQTT 5 client; empty for none
   */
  record RefuseConnect(int reasonCode, String reason) implements BridgeFault {
    /**
     * Checks the code.
     *
     * @param reasonCode the code, 1 to 255
     * @param reason the reason string; empty for none
     * @throws IllegalArgumentException if the code is not within 1 to 255
     */
    public RefuseConnect {
      Objects.requireNonNull(reason, "reason");
      if (reasonCode < 1 || reasonCode > 0xFF) {
        throw new IllegalArgumentException("A refusal has a code of 1 to 255, not " + reasonCode);
      }
    }

    /**
     * Creates a refusal without a reason string.
     *
     * @param reasonCode the code
     */
    public RefuseConnect(int reasonCode) {
      this(reasonCode, "");
    }
  }

  /**
   * The bridge drops the client's session: its subscriptions and queue are gone, and the CONNACK
   * says that there is no session. Opportunities: CONNECTs.
   */
  record LoseSession() implements BridgeFault {}

  /**
   * From this CONNECT on, the bridge does not respond to the connection's PINGREQs, and does not
   * notice its silence either. Opportunities: CONNECTs.
   */
  record IgnoreKeepAlive() implements BridgeFault {}

  /**
   * From this CONNECT on, the bridge writes to the connection in small pieces. Opportunities:
   * CONNECTs.
   *
   * @param bytes how many bytes of MQTT at a time, at least 1
   * @param pause the time between two pieces
   */
  record SlowBytes(int bytes, Duration pause) implements BridgeFault {
    /**
     * Checks the arguments.
     *
     * @param bytes how many bytes at a time, at least 1
     * @param pause the time between two pieces
     * @throws IllegalArgumentException if there are no bytes, or the pause is negative
     */
    public SlowBytes {
      if (bytes < 1 || pause.isNegative()) {
        throw new IllegalArgumentException("At least one byte, and a pause that is not negative.");
      }
    }
  }

  /**
   * The bridge responds to every filter of a SUBSCRIBE with a code, and subscribes nothing if it is
   * a refusal. Opportunities: SUBSCRIBEs.
   *
   * @param reasonCode the code; an MQTT 3.1.1 client gets 0x80 for every refusal
   */
  record RespondToSubscribe(int reasonCode) implements BridgeFault {
    /**
     * Checks the code.
     *
     * @param reasonCode the code, 0 to 255
     * @throws IllegalArgumentException if the code is not within 0 to 255
     */
    public RespondToSubscribe {
      if (reasonCode < 0 || reasonCode > 0xFF) {
        throw new IllegalArgumentException("A code of 0 to 255 is needed, not " + reasonCode);
      }
    }
  }

  /**
   * The bridge delivers the same message a second time, in a PUBLISH of its own. Opportunities:
   * PUBLISHes.
   */
  record DuplicatePublish() implements BridgeFault {}

  /**
   * The connection breaks with a TCP reset.
   *
   * @param at the moment
   */
  record Drop(Moment at) implements BridgeFault {
    /**
     * Checks the argument.
     *
     * @param at the moment
     */
    public Drop {
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * The bridge ends the connection: with a DISCONNECT for MQTT 5, without one for MQTT 3.1.1.
   *
   * @param at the moment
   * @param reasonCode the code of the DISCONNECT
   * @param reason the reason string; empty for none
   */
  record ServerDisconnect(Moment at, int reasonCode, String reason) implements BridgeFault {
    /**
     * Checks the code.
     *
     * @param at the moment
     * @param reasonCode the code, 0 to 255
     * @param reason the reason string; empty for none
     * @throws IllegalArgumentException if the code is not within 0 to 255
     */
    public ServerDisconnect {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(reason, "reason");
      if (reasonCode < 0 || reasonCode > 0xFF) {
        throw new IllegalArgumentException("A code of 0 to 255 is needed, not " + reasonCode);
      }
    }

    /**
     * Creates a take-over by another client with the same client id: code 0x8E.
     *
     * @param at the moment
     * @return the fault
     */
    public static ServerDisconnect takeOver(Moment at) {
      return new ServerDisconnect(at, 0x8E, "another client has connected with this client id");
    }
  }

  /**
   * The bridge writes bytes that are not an MQTT packet.
   *
   * @param at the moment
   * @param hex the bytes, as hexadecimal digits
   */
  record MalformedPacket(Moment at, String hex) implements BridgeFault {
    /**
     * Checks the arguments.
     *
     * @param at the moment
     * @param hex the bytes, as hexadecimal digits
     * @throws IllegalArgumentException if these are not pairs of hexadecimal digits
     */
    public MalformedPacket {
      Objects.requireNonNull(at, "at");
      java.util.HexFormat.of().parseHex(hex);
    }

    /**
     * Creates a packet of the reserved type 0.
     *
     * @param at the moment
     */
    public MalformedPacket(Moment at) {
      this(at, "00020000");
    }
  }

  /**
   * The bridge neither reads nor writes for a while, then continues as if nothing had happened.
   *
   * @param at the moment
   * @param time how long, by the wall clock
   */
  record Stall(Moment at, Duration time) implements BridgeFault {
    /**
     * Checks the arguments.
     *
     * @param at the moment
     * @param time how long
     * @throws IllegalArgumentException if the time is negative
     */
    public Stall {
      Objects.requireNonNull(at, "at");
      if (time.isNegative()) {
        throw new IllegalArgumentException("A time that is not negative is needed, not " + time);
      }
    }
  }

  /**
   * The bridge continues to read, and processes what it reads, but never writes a byte again.
   *
   * @param at the moment
   */
  record Silence(Moment at) implements BridgeFault {
    /**
     * Checks the argument.
     *
     * @param at the moment
     */
    public Silence {
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * The bridge neither reads nor writes again, and does not notice when the client disconnects,
   * like a connection that a firewall has dropped.
   *
   * @param at the moment
   */
  record HalfOpen(Moment at) implements BridgeFault {
    /**
     * Checks the argument.
     *
     * @param at the moment
     */
    public HalfOpen {
      Objects.requireNonNull(at, "at");
    }
  }
}
