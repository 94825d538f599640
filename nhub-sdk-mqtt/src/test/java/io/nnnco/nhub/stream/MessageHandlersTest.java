package io.nnnco.nhub.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.message.Downlink;
import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.message.UnknownMessage;
import io.nnnco.nhub.message.Uplink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageHandlersTest {
  private final List<String> handled = new ArrayList<>();

  private void send(MessageHandler handlers, String... levels) throws Exception {
    for (String level : levels) {
      TestDelivery delivery = TestDelivery.of("ABC123", level);
      handlers.handle(delivery.message(), delivery);
    }
  }

  @Test
  void handlerOfEachKind_getsItsKindWithTheDelivery() throws Exception {
    MessageHandlers handlers =
        MessageHandlers.builder()
            .onUplink((Uplink uplink, Delivery d) -> handled.add("uplink on " + d.topic()))
            .onDownlink((Downlink downlink, Delivery d) -> handled.add("downlink"))
            .onJoin((Join join, Delivery d) -> handled.add("join"))
            .onUnknown((UnknownMessage m, Delivery d) -> handled.add("unknown " + m.topicLevel()))
            .build();
    send(handlers, "uplinks", "downlinks", "joins", "alarms");

    assertEquals(
        List.of(
            "uplink on v4/groups/nnn.acme.master/ABC123/uplinks",
            "downlink",
            "join",
            "unknown alarms"),
        handled);
  }

  @Test
  void kindWithoutHandler_goesToOtherwise() throws Exception {
    MessageHandlers handlers =
        MessageHandlers.builder()
            .onUplink((uplink, delivery) -> handled.add("uplink"))
            .otherwise((m, delivery) -> handled.add("other " + m.getClass().getSimpleName()))
            .build();
    send(handlers, "joins", "uplinks", "alarms");

    assertEquals(List.of("other Join", "uplink", "other UnknownMessage"), handled);
    assertEquals(0, handlers.unhandled());
  }

  @Test
  void kindWithoutHandlerOrOtherwise_isCountedAndCostsNothing() throws Exception {
    MessageHandlers handlers =
        MessageHandlers.builder().onUplink((uplink, delivery) -> handled.add("uplink")).build();
    send(handlers, "joins", "alarms", "joins", "uplinks");

    assertEquals(List.of("uplink"), handled);
    assertEquals(3, handlers.unhandled());
  }

  @Test
  void handlerThrows_theFailurePolicyHearsOfIt() {
    IOException failure = new IOException("disk full");
    MessageHandlers handlers =
        MessageHandlers.builder()
            .onJoin(
                (join, delivery) -> {
                  throw failure;
                })
            .build();

    assertSame(failure, assertThrows(IOException.class, () -> send(handlers, "joins")));
  }

  @Test
  void sameKindTwice_isRefused() {
    MessageHandlersBuilder builder = MessageHandlers.builder().onUplink((uplink, d) -> {});

    assertThrows(IllegalStateException.class, () -> builder.onUplink((uplink, d) -> {}));
  }

  @Test
  void build_withoutAnyHandler_isRefused() {
    assertThrows(IllegalStateException.class, () -> MessageHandlers.builder().build());
  }

  @Test
  void build_laterChangesOfTheBuilder_doNotReachIt() throws Exception {
    MessageHandlersBuilder builder =
        MessageHandlers.builder().onUplink((uplink, delivery) -> handled.add("uplink"));
    MessageHandlers handlers = builder.build();
    builder.onJoin((join, delivery) -> handled.add("join"));
    send(handlers, "joins");

    assertEquals(List.of(), handled);
    assertEquals(1, handlers.unhandled());
  }
}
