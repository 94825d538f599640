package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The only thread that owns the state of a bridge. */
final class BridgeThread {
  private static final Duration STOP = Duration.ofSeconds(1);
  private static final Duration STOP_AT_MOST = Duration.ofSeconds(30);
  private static final Duration LONGEST_TURN = Duration.ofSeconds(60);

  static {
    NettyVersions.check();
  }

  private final EventLoopGroup group;
  private final EventLoop loop;

  @SuppressWarnings(
      "deprecation") // its replacement is not in Netty 4.1, to which users may be bound
  BridgeThread() {
    group = new NioEventLoopGroup(1, new DefaultThreadFactory("nhub-fake-mqtt", true));
    loop = group.next();
  }

  EventLoopGroup group() {
    return group;
  }

  /** Runs a task in turn, without waiting for it. */
  void run(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("The bridge is closed.", e);
    }
  }

  /** Asks the thread, after everything that was given to it before; at once if it has ended. */
  <T> T call(Supplier<T> question) {
    if (loop.inEventLoop() || loop.isShutdown()) {
      return question.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      loop.execute(() -> result.completeAsync(question, Runnable::run));
      return result.orTimeout(LONGEST_TURN.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (RejectedExecutionException e) {
      return question.get();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  void every(Duration period, Runnable task) {
    var unused =
        loop.scheduleAtFixedRate(task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the thread; returns when it has ended, or after a long time if it does not. */
  void stop() {
    var end = group.shutdownGracefully(0, STOP.toMillis(), TimeUnit.MILLISECONDS);
    if (!loop.inEventLoop()) {
      end.awaitUninterruptibly(STOP_AT_MOST.toMillis());
    }
  }
}
