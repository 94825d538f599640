package io.nnnco.nhub.testkit.internal.bridge.broker;

import io.nnnco.nhub.testkit.DisconnectRecord.Cause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sessions and routing. Called by one thread; the clock gives the time.
 *
 * <p>A session is identified by its client id. If a client of another enterprise connects with it,
 * the session is ended, not continued, so that nothing crosses between the two.
 */
public final class Broker {
  private static final int SESSION_TAKEN_OVER = 0x8E;

  private final InstantSource clock;
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final SubscriptionTable subscriptions = new SubscriptionTable();
  private final RetainedMessages retained = new RetainedMessages();
  private final int maximumQueued;
  private final Observer observer;
  private long sequence;

  /** Is told what happens to messages. Must neither block nor throw. */
  public interface Observer {
    /** A message was published; it has not been routed yet. */
    default void published(Message message) {}

    /** A message was dropped because too many wait for its client. */
    default void dropped(String clientId, Message message) {}
  }

  /**
   * Creates a broker without sessions.
   *
   * @param clock gives the time
   * @param maximumQueued how many messages of QoS 1 and 2 wait for a client
   * @param observer is told of every message, and of those beyond that
   */
  public Broker(InstantSource clock, int maximumQueued, Observer observer) {
    this.clock = clock;
    this.maximumQueued = maximumQueued;
    this.observer = observer;
  }

  /**
   * What an accepted client requests of its session.
   *
   * @param clientId not empty
   * @param enterprise its scope
   * @param cleanStart whether to discard an earlier session
   * @param expiry how long the session outlives its connection
   * @param receiveMaximum how many unacknowledged messages it accepts, 1 to 65,535
   * @param maximumPacketSize the bytes of the largest packet that it accepts
   * @param will what to publish if it disconnects without a DISCONNECT, or null
   */
  public record SessionRequest(
      String clientId,
      String enterprise,
      boolean cleanStart,
      Duration expiry,
      int receiveMaximum,
      long maximumPacketSize,
      @Nullable Will will) {}

  /**
   * A session with a connection.
   *
   * @param present whether it was there before
   */
  public record Attached(Session session, boolean present) {}

  /**
   * Attaches a connection, after ending an earlier one of the same client. Nothing is sent before
   * {@link Session#deliver()}, so that the CONNACK can go first.
   */
  public Attached connect(SessionRequest request, ClientConnection connection) {
    clockAdvanced();
    Session known = sessions.get(request.clientId());
    if (known != null && known.connection() != null) {
      known
          .connection()
          .end(Cause.TAKEN_OVER, SESSION_TAKEN_OVER, "taken over by another connection");
      known = sessions.get(request.clientId());
    }
    boolean present =
        known != null && !request.cleanStart() && known.enterprise().equals(request.enterprise());
    if (known != null && !present) {
      forget(known);
    }
    Session session =
        known != null && present
            ? known
            : new Session(request.clientId(), request.enterprise(), clock, maximumQueued, observer);
    sessions.put(request.clientId(), session);
    session.attach(connection, request);
    return new Attached(session, present);
  }

  /**
   * A connection has ended. Does nothing if it is not the session's current one.
   *
   * @param expiry how long the session is kept from now on, or null for what was requested at
   *     connect
   * @param inOrder whether the client sent a DISCONNECT, so that its will is void
   */
  public void disconnected(
      Session session, ClientConnection connection, @Nullable Duration expiry, boolean inOrder) {
    if (session.connection() != connection) {
      return;
    }
    if (inOrder) {
      session.takeWill();
    }
    if (expiry != null) {
      session.expiry(expiry);
    }
    session.detach();
    settle(session);
  }

  /** Publishes its will and ends it, each if its time has come. */
  private void settle(Session session) {
    if (session.willIsDue()) {
      publishWill(session);
    }
    if (session.expired()) {
      forget(session);
    }
  }

  private void publishWill(Session session) {
    Will will = session.takeWill();
    if (will != null) {
      publish(new Publication(will.message(), deliveries -> {}), session);
    }
  }

  /** Ends a session that has no connection, or is losing it. */
  public void forget(Session session) {
    sessions.remove(session.clientId(), session);
    subscriptions.removeAll(session);
    session.end();
    publishWill(session);
  }

  /** Checks the clock: ends the sessions that are due, and publishes the wills that are due. */
  public void clockAdvanced() {
    List.copyOf(sessions.values()).forEach(this::settle);
  }

  /** Discards everything; publishes no wills. */
  public void clear() {
    sessions.values().forEach(Session::takeWill);
    List.copyOf(sessions.values()).forEach(this::forget);
    retained.clear();
  }

  /**
   * Adds a subscription, or replaces the one with the same filter.
   *
   * @return whether it is new
   */
  public boolean subscribe(Session session, BrokerSubscription subscription) {
    return subscriptions.put(session, subscription);
  }

  /** Queues the retained messages that a subscription matches. */
  public void queueRetained(Session session, BrokerSubscription subscription) {
    for (Message message : retained.matching(subscription.filter(), clock.instant())) {
      if (!subscription.mayReceive(message.topic())) {
        continue;
      }
      Publication publication = new Publication(message, deliveries -> {});
      Outgoing outgoing = new Outgoing(publication, session.clientId(), sequence++);
      outgoing.matched(subscription);
      outgoing.retained();
      publication.add(outgoing);
      session.add(outgoing);
    }
  }

  /** Whether there was such a subscription. */
  public boolean unsubscribe(Session session, String filter) {
    return subscriptions.remove(session, filter);
  }

  /** The filters of a session. */
  public List<String> filters(Session session) {
    return subscriptions.filters(session);
  }

  /** Every session, in the order of their first connection. */
  public List<Session> sessions() {
    return List.copyOf(sessions.values());
  }

  /** The session of a client, or null. */
  public @Nullable Session session(String clientId) {
    return sessions.get(clientId);
  }

  /**
   * Routes a message, and sends it to the clients that can accept it now.
   *
   * @param publisher the client that published it; null for the platform
   */
  public void publish(Publication publication, @Nullable Session publisher) {
    long number = sequence++;
    observer.published(publication.message());
    if (publication.message().retain()) {
      retained.put(publication.message());
    }
    Map<Session, Outgoing> own = new LinkedHashMap<>();
    List<Session> addressees = new ArrayList<>(1);
    subscriptions.match(
        publication.message().topic(),
        (session, subscription) -> {
          if (!subscription.noLocal() || session != publisher) {
            own.computeIfAbsent(
                    session, key -> new Outgoing(publication, session.clientId(), number))
                .matched(subscription);
          }
        },
        (session, subscription) -> {
          Outgoing share = new Outgoing(publication, session.clientId(), number);
          share.matched(subscription);
          hand(share, session, publication, addressees);
        });
    own.forEach((session, outgoing) -> hand(outgoing, session, publication, addressees));
    publication.routed();
    addressees.forEach(Session::deliver);
  }

  private static void hand(
      Outgoing outgoing, Session session, Publication publication, List<Session> addressees) {
    publication.add(outgoing);
    session.add(outgoing);
    addressees.add(session);
  }

  /** Queues another copy of a message that is being delivered. */
  public void duplicate(Session session, Outgoing outgoing) {
    session.add(outgoing.copy(sequence++));
  }
}
