package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.NHubException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The messages of a subscription, one by one on your own thread: for scripts and small programs.
 * Made by {@code NHubClient.stream}.
 *
 * <pre>{@code
 * try (MessageStream messages = nhub.stream(options)) {
 *   for (DeliveredMessage next : messages) {
 *     store(next.message());
 *   }
 * }
 * }</pre>
 *
 * <p><b>Acknowledgement.</b> A message is acknowledged when the next one is asked for, whether or
 * not there is one, or by {@link #acknowledge()}. {@link #close()} does <b>not</b> acknowledge the
 * last one: it cannot tell a {@code break} from an exception. To leave a loop for good after a
 * message that is handled, call {@link #acknowledge()} first, or use {@link #stream()}.
 *
 * <p><b>Back-pressure.</b> What is not taken yet waits: here up to {@linkplain
 * SubscribeOptions#window() the window}, beyond that at the bridge. {@link
 * SubscribeOptions#handlerDeadline()} does not hold here, and {@link
 * SubscribeOptions#failurePolicy()} decides about undecodable messages only. What waits when the
 * stream ends is not acknowledged, and not handed out any more.
 *
 * <p><b>Order.</b> Messages come in the order in which they arrive, but the next of a device comes
 * after the one before it was acknowledged.
 *
 * <p><b>Threads.</b> For one thread at a time, since asking acknowledges; {@link #close()} and
 * {@link #subscription()} for any thread.
 */
public interface MessageStream extends Iterable<DeliveredMessage>, AutoCloseable {
  /**
   * Acknowledges the last message, and waits for the next one.
   *
   * @return the next message
   * @throws NHubException the terminal error, if one ended the subscription
   * @throws IllegalStateException if the stream was closed, before or while waiting
   * @throws InterruptedException if the waiting thread is interrupted; nothing is lost
   */
  DeliveredMessage take() throws InterruptedException;

  /**
   * Acknowledges the last message, and waits a while for the next one.
   *
   * @param timeout how long to wait; zero to look only
   * @return the next message, or empty if none came in time
   * @throws NHubException the terminal error, if one ended the subscription
   * @throws IllegalStateException if the stream was closed, before or while waiting
   * @throws InterruptedException if the waiting thread is interrupted; nothing is lost
   */
  Optional<DeliveredMessage> poll(Duration timeout) throws InterruptedException;

  /** Acknowledges the last message now. Does nothing if that is done, or there was none. */
  void acknowledge();

  /**
   * The messages to come. {@code hasNext} asks for the next message: it acknowledges the last one
   * and waits. It is false after {@link #close()}, or when the waiting thread is interrupted, which
   * stays so; and throws the terminal error if one ended the subscription.
   *
   * @return an iterator over the same messages as {@link #take()}
   */
  @Override
  Iterator<DeliveredMessage> iterator();

  /**
   * The messages to come as a sequential stream that never ends by itself: {@code limit} it, or
   * close this from elsewhere. A message is acknowledged when the operations behind it have
   * returned, so after {@code limit(5).forEach(...)} all five are; if they throw, it is not.
   * Operations that collect before they go on, such as {@code sorted} and {@code iterator}, are
   * acknowledged for what they have only collected.
   *
   * @return a stream; closing it closes this
   */
  Stream<DeliveredMessage> stream();

  /**
   * The subscription behind it: its state, its counts, {@code awaitConnected}, {@code pause}.
   *
   * @return the same object each time
   */
  Subscription subscription();

  /**
   * Ends the subscription, and whoever waits for a message. Idempotent. The last message, unless it
   * was acknowledged, and those that wait stay un-acknowledged: the bridge keeps them for a
   * {@linkplain SubscribeOptionsBuilder#durable durable} subscription, and only there.
   */
  @Override
  void close();
}
