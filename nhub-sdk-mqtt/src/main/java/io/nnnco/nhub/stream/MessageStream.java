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
 * <p><b>Acknowledgement.</b> The SDK acknowledges a message when you ask for the next one, whether
 * or not there is one, or call {@link #acknowledge()}. {@link #close()} does <b>not</b> acknowledge
 * the last one: it cannot tell a {@code break} from an exception. To leave a loop after a message
 * that you have handled, call {@link #acknowledge()} first, or use {@link #stream()}.
 *
 * <p><b>Back-pressure.</b> Messages that you have not taken wait: here up to {@linkplain
 * SubscribeOptions#window() the window}, beyond that at the bridge. {@link
 * SubscribeOptions#handlerDeadline()} does not apply, and {@link SubscribeOptions#failurePolicy()}
 * applies to undecodable messages only. Messages that still wait when the stream ends are neither
 * acknowledged nor handed out.
 *
 * <p><b>Order.</b> You get messages in the order in which they arrive, but the next of a device
 * only after the previous one was acknowledged.
 *
 * <p><b>Threads.</b> For one thread at a time, because asking for a message acknowledges the last
 * one; {@link #close()} and {@link #subscription()} for any thread.
 */
public interface MessageStream extends Iterable<DeliveredMessage>, AutoCloseable {
  /**
   * Acknowledges the last message, and waits for the next one.
   *
   * @return the next message
   * @throws NHubException the terminal error, if one ended the subscription
   * @throws IllegalStateException if the stream was closed, before or while waiting
   * @throws InterruptedException if the waiting thread is interrupted; no message is lost
   */
  DeliveredMessage take() throws InterruptedException;

  /**
   * Acknowledges the last message, and waits for the next one, up to a time limit.
   *
   * @param timeout how long to wait; zero not to wait
   * @return the next message, or empty if none came in time
   * @throws NHubException the terminal error, if one ended the subscription
   * @throws IllegalStateException if the stream was closed, before or while waiting
   * @throws InterruptedException if the waiting thread is interrupted; no message is lost
   */
  Optional<DeliveredMessage> poll(Duration timeout) throws InterruptedException;

  /**
   * Acknowledges the last message now. Does nothing if it is acknowledged already, or there was
   * none.
   */
  void acknowledge();

  /**
   * The messages from now on. {@code hasNext} asks for the next message: it acknowledges the last
   * one and waits. It is false after {@link #close()}, or if the waiting thread is interrupted,
   * whose interrupt status stays set; it throws the terminal error if one ended the subscription.
   *
   * @return an iterator over the same messages as {@link #take()}
   */
  @Override
  Iterator<DeliveredMessage> iterator();

  /**
   * The messages from now on, as a sequential stream that never ends by itself: {@code limit} it,
   * or close this from elsewhere. A message is acknowledged when the downstream operations have
   * returned, so after {@code limit(5).forEach(...)} all five are; if they throw, it is not. Beware
   * of operations that buffer, such as {@code sorted} and {@code iterator}: a message is
   * acknowledged once it is buffered.
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
   * Ends the subscription, and wakes a thread that waits for a message. Idempotent. The last
   * message, unless it was acknowledged, and those that wait stay unacknowledged: the bridge keeps
   * them only for a {@linkplain SubscribeOptionsBuilder#durable durable} subscription.
   */
  @Override
  void close();
}
