package io.nnnco.nhub.core;

import java.io.Serializable;

/**
 * The stable code of an error. Each module that has errors lists its own in an enum: {@link
 * CoreErrorCode} here, {@code StreamErrorCode} for subscriptions. {@code docs/errors.md} has an
 * entry for each: cause, evidence, fix.
 *
 * <p>Immutable. A code keeps its meaning over versions; new ones may be added.
 */
public interface ErrorCode extends Serializable {
  /**
   * The code.
   *
   * @return such as {@code NHUB-TLS-004}
   */
  String id();

  /**
   * Who can fix it.
   *
   * @return the owner
   */
  Responsible responsible();

  /**
   * What to do about it.
   *
   * @return one or two sentences
   */
  String advice();

  /**
   * Whether the same call, or the next connection, may succeed without any change.
   *
   * @return false for what only a change can fix: such an error ends a subscription
   */
  boolean isTransient();

  /** Who can fix an error. */
  enum Responsible {
    /** The application that uses the SDK: its arguments, its handler. */
    APPLICATION,
    /** The configuration: credentials, files, enterprise, addresses. */
    CONFIGURATION,
    /** The network between this machine and the platform: DNS, TCP, proxies. */
    NETWORK,
    /** N-Hub itself. */
    PLATFORM,
    /** This SDK, or the Java runtime under it. */
    SDK
  }
}
