package io.nnnco.nhub.stream.internal.adapter;

import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.MessageStream;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.internal.RealSubscription;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Takes messages from a queue that a subscription fills. */
public final class QueuedMessageStream implements MessageStream {
  private final MessageQueue queue;
  private final RealSubscription subscription;
  private @Nullable Waiting last;

  /** Whether {@code hasNext} has said that there is a next one, which then must be given. */
  private boolean promised;

  private QueuedMessageStream(MessageQueue queue, RealSubscription subscription) {
    this.queue = queue;
    this.subscription = subscription;
  }

  /** A running stream; throws as {@code NHubClient.subscribe} does. */
  public static QueuedMessageStream open(Opener opener) {
    MessageQueue queue = new MessageQueue();
    return new QueuedMessageStream(queue, opener.open(queue));
  }

  @Override
  public DeliveredMessage take() throws InterruptedException {
    return poll(Duration.ofNanos(Long.MAX_VALUE)).orElseThrow();
  }

  @Override
  public Optional<DeliveredMessage> poll(Duration timeout) throws InterruptedException {
    Objects.requireNonNull(timeout, "timeout");
    acknowledge();
    if (queue.await(TimeUnit.NANOSECONDS.convert(timeout))) {
      return Optional.of(handOut());
    }
    if (queue.hasEnded()) {
      throw new IllegalStateException("The stream is closed");
    }
    return Optional.empty();
  }

  private DeliveredMessage handOut() {
    Waiting next = queue.remove();
    promised = false;
    last = next;
    return next.message();
  }

  @Override
  public void acknowledge() {
    Waiting done = last;
    last = null;
    if (done != null) {
      done.acknowledge();
    }
  }

  @Override
  public Iterator<DeliveredMessage> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return promise();
      }

      @Override
      public DeliveredMessage next() {
        if (!promise()) {
          throw new NoSuchElementException("The stream has ended");
        }
        return handOut();
      }
    };
  }

  private boolean promise() {
    if (!promised) {
      acknowledge();
      try {
        promised = queue.await(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return promised;
  }

  @Override
  public Stream<DeliveredMessage> stream() {
    return StreamSupport.stream(spliterator(), false).onClose(this::close);
  }

  /** Acknowledges each message once the action has returned; does not split. */
  @Override
  public Spliterator<DeliveredMessage> spliterator() {
    return new Spliterator<>() {
      @Override
      public boolean tryAdvance(Consumer<? super DeliveredMessage> action) {
        Objects.requireNonNull(action, "action");
        if (!promise()) {
          return false;
        }
        action.accept(handOut());
        acknowledge();
        return true;
      }

      @Override
      public @Nullable Spliterator<DeliveredMessage> trySplit() {
        return null;
      }

      @Override
      public long estimateSize() {
        return Long.MAX_VALUE;
      }

      @Override
      public int characteristics() {
        return ORDERED | NONNULL;
      }
    };
  }

  @Override
  public Subscription subscription() {
    return subscription;
  }

  @Override
  public void close() {
    queue.ended(null);
    subscription.close(Duration.ZERO);
  }
}
