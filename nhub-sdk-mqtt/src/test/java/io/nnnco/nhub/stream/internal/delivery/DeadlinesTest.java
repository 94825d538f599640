package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.transport.Uplinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final VirtualTime time = new VirtualTime();
  private final Deadlines deadlines = new Deadlines(DEADLINE, time, time.time().nanos());
  private final List<Throwable> failed = new ArrayList<>();

  private final class Call extends HandlerCall {
    private final CompletableFuture<Void> stage = new CompletableFuture<>();

    Call() {
      super(deadlines, new Observers(List.of()));
    }

    @Override
    CompletionStage<?> call() {
      return stage;
    }

    @Override
    void succeeded() {}

    @Override
    void failed(Throwable cause) {
      failed.add(cause);
    }

    @Override
    void execute(Runnable attempt) {
      attempt.run();
    }

    @Override
    ReceivedMessage received() {
      return Received.at(VirtualTime.START, Uplinks.of(1, "device", 1));
    }

    @Override
    Class<?> kind() {
      return Object.class;
    }
  }

  @Test
  void idle_needsNoTimer() {
    assertEquals(0, time.waiting());
    Call call = new Call();
    call.attempt();
    call.stage.complete(null);
    time.advance(Duration.ofMinutes(1));
    assertEquals(0, time.waiting());
  }

  @Test
  void manyCalls_needOneTimer() {
    for (int i = 0; i < 100; i++) {
      new Call().attempt();
    }
    assertEquals(1, time.waiting());
  }

  @Test
  void call_pastItsDeadline_fails_andNoSooner() {
    time.advance(Duration.ofMillis(300));
    new Call().attempt();
    time.advance(DEADLINE.minusMillis(1));
    assertEquals(0, failed.size());
    time.advance(Duration.ofSeconds(1));
    assertEquals(1, failed.size());
    assertTrue(String.valueOf(failed.get(0).getMessage()).contains("30 s"));
  }

  @Test
  void call_afterAnIdleHour_isWatchedAgain() {
    Call first = new Call();
    first.attempt();
    first.stage.complete(null);
    time.advance(Duration.ofHours(1));
    new Call().attempt();
    time.advance(DEADLINE.plusSeconds(1));
    assertEquals(1, failed.size());
  }
}
