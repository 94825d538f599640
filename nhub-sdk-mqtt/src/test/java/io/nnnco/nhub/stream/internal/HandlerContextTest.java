package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.TestDelivery;
import io.nnnco.nhub.stream.internal.delivery.BatchedHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.spi.MDCAdapter;

/** What SLF4J's MDC says while a handler is called. */
class HandlerContextTest {
  private final SubscribeOptionsBuilder options =
      SubscribeOptions.builder("nnn.acme").handlerContext(true);
  private final MDCAdapter mdc = new BasicMDCAdapter();
  private final List<@Nullable String> seen = new ArrayList<>();

  private CompletableFuture<?> look() {
    seen.add(mdc.get("nhub.device"));
    seen.add(mdc.get("nhub.enterprise"));
    seen.add(mdc.get("nhub.subscription"));
    return CompletableFuture.completedFuture(null);
  }

  private AsyncMessageHandler inContext(AsyncMessageHandler handler) {
    SubscriptionSpec spec =
        new SubscriptionSpec(
            options.build(), VirtualBridge.CREDENTIALS, handler, "nhub-meter-import");
    return Interceptors.around(handler, List.of(new HandlerContext(spec, mdc)));
  }

  private static void call(AsyncMessageHandler handler, TestDelivery delivery) throws Exception {
    handler.handle(TestDelivery.of("A", "uplinks").message(), delivery);
  }

  @Test
  void handler_seesDeviceEnterpriseAndSubscription() throws Exception {
    options.alsoEnterprise("nnn.other");
    call(inContext((message, delivery) -> look()), TestDelivery.of("METER-1", "uplinks"));
    assertEquals(List.of("METER-1", "nnn.acme", "nhub-meter-import"), seen);
  }

  @Test
  void afterwards_theThreadHasBackWhatItHad() throws Exception {
    mdc.put("nhub.device", "of the caller");
    mdc.put("mine", "stays");
    call(inContext((message, delivery) -> look()), TestDelivery.of("METER-1", "uplinks"));

    assertEquals("METER-1", seen.get(0));
    assertEquals("of the caller", mdc.get("nhub.device"));
    assertEquals("stays", mdc.get("mine"));
    assertNull(mdc.get("nhub.enterprise"));
    assertNull(mdc.get("nhub.subscription"));
  }

  @Test
  void handlerThatThrows_leavesNothingBehind() {
    AsyncMessageHandler failing =
        inContext(
            (message, delivery) -> {
              throw new IOException("no database");
            });
    assertThrows(IOException.class, () -> call(failing, TestDelivery.of("METER-1", "uplinks")));
    assertNull(mdc.get("nhub.device"));
  }

  @Test
  void handlerOfBatches_seesNoDevice_andTheEnterpriseIfThereIsOne() throws Exception {
    mdc.put("nhub.device", "of the caller");
    BatchedHandler batched =
        (BatchedHandler)
            inContext(
                new BatchedHandler(BatchOptions.of(10, Duration.ofSeconds(1)), batch -> look()));
    TestDelivery delivery = TestDelivery.of("METER-1", "uplinks");
    batched.batches().handle(List.of(new DeliveredMessage(delivery.message(), delivery)));
    call(batched, delivery);

    List<@Nullable String> batch = new ArrayList<>();
    batch.add(null);
    batch.addAll(List.of("nnn.acme", "nhub-meter-import"));
    assertEquals(batch, seen.subList(0, 3));
    assertEquals(batch, seen.subList(3, 6), "a batch of one");
    assertEquals("of the caller", mdc.get("nhub.device"));
  }

  @Test
  void handlerOfBatches_withSeveralEnterprises_seesNone() throws Exception {
    options.alsoEnterprise("nnn.other");
    BatchedHandler batched =
        (BatchedHandler)
            inContext(
                new BatchedHandler(BatchOptions.of(10, Duration.ofSeconds(1)), batch -> look()));
    call(batched, TestDelivery.of("METER-1", "uplinks"));
    assertNull(seen.get(1));
  }

  @Test
  void deviceId_thatCouldFalsifyALog_isHarmless() throws Exception {
    TestDelivery hostile =
        new TestDelivery("v4/groups/nnn.acme.master/x\nERROR forged/uplinks", "{}");
    assertEquals("x\nERROR forged", hostile.deviceId());
    call(inContext((message, delivery) -> look()), hostile);
    assertEquals("x ERROR forged", seen.get(0));
  }

  @Test
  void topicWithoutAnEnterprise_isThatOfTheOptions() throws Exception {
    TestDelivery delivery = new TestDelivery("elsewhere", "{}");
    assertEquals(Optional.empty(), delivery.enterprise());
    call(inContext((message, it) -> look()), delivery);
    assertEquals(List.of("elsewhere", "nnn.acme", "nhub-meter-import"), seen);
  }

  @Test
  void byDefault_theHandlerIsCalledAsItIs() {
    options.handlerContext(false);
    AsyncMessageHandler handler = HandlerContextTest::nothing;
    SubscriptionSpec spec =
        new SubscriptionSpec(options.build(), VirtualBridge.CREDENTIALS, handler, "nhub-1");
    assertSame(handler, Interceptors.around(spec, List.of()));
  }

  private static CompletableFuture<?> nothing(DeviceMessage message, Delivery delivery) {
    return CompletableFuture.completedFuture(null);
  }

  @Test
  void subscription_withContext_callsItsHandlersInIt() {
    assertTrue(isInContext(options.build()));
    assertFalse(isInContext(options.handlerContext(false).build()));
  }

  /** Looks for the context among the callers: the MDC of the tests' logger keeps nothing. */
  private static boolean isInContext(SubscribeOptions options) {
    List<Boolean> found = new ArrayList<>();
    VirtualTime time = new VirtualTime();
    VirtualBridge bridge = new VirtualBridge(time);
    bridge.open(
        options,
        (message, delivery) -> {
          String context = HandlerContext.class.getName();
          found.add(
              StackWalker.getInstance()
                  .walk(callers -> callers.anyMatch(it -> it.getClassName().equals(context))));
          return CompletableFuture.completedFuture(null);
        });
    time.runDue();
    bridge.accept();
    bridge.uplink(1, "METER-1", 1);
    time.runDue();
    return found.get(0);
  }
}
