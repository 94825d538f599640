package io.nnnco.nhub.spring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.Downlink;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A method that cannot be a listener stops the start with a text that names it. */
@NHubTest
class ListenerFaultsTest {
  static class NoParameter {
    @NHubListener(enterprise = "nnn.acme")
    void on() {}
  }

  static class UnknownParameter {
    @NHubListener(enterprise = "nnn.acme")
    void on(String text) {}
  }

  static class Result {
    @NHubListener(enterprise = "nnn.acme")
    int on(Uplink uplink) {
      return 1;
    }
  }

  static class ChannelType {
    @NHubListener(enterprise = "nnn.acme")
    void on(@Channel("x") int value) {}
  }

  static class TwoKinds {
    @NHubListener(enterprise = "nnn.acme")
    void on(Uplink uplink, Downlink downlink) {}
  }

  static class OtherKind {
    @NHubListener(enterprise = "nnn.acme", kinds = MessageKind.JOIN)
    void on(Uplink uplink) {}
  }

  static class BatchAndMore {
    @NHubListener(enterprise = "nnn.acme")
    void on(List<DeliveredMessage> batch, Uplink uplink) {}
  }

  static class BatchOfTheWrongType {
    @NHubListener(enterprise = "nnn.acme")
    void on(List<String> batch) {}
  }

  static class NoEnterprise {
    @NHubListener
    void on(Uplink uplink) {}
  }

  static class NotAnEnterprise {
    @NHubListener(enterprise = "a/b")
    void on(Uplink uplink) {}
  }

  static class NotADevice {
    @NHubListener(enterprise = "nnn.acme", devices = "a/b")
    void on(Uplink uplink) {}
  }

  static class NotAName {
    @NHubListener(enterprise = "nnn.acme", durable = "a b")
    void on(Uplink uplink) {}
  }

  static class NotANumber {
    @NHubListener(enterprise = "nnn.acme", window = "many")
    void on(Uplink uplink) {}
  }

  static class NotADuration {
    @NHubListener(enterprise = "nnn.acme", handlerDeadline = "soon")
    void on(Uplink uplink) {}
  }

  static class ConcurrencyOfOne {
    @NHubListener(enterprise = "nnn.acme", concurrency = "3")
    void on(Uplink uplink) {}
  }

  static class TooLargeBatch {
    @NHubListener(enterprise = "nnn.acme", batchSize = "1001")
    void on(List<DeliveredMessage> batch) {}
  }

  static class NoBatch {
    @NHubListener(enterprise = "nnn.acme", batchSize = "0")
    void on(List<DeliveredMessage> batch) {}
  }

  static class NoErrorHandler {
    @NHubListener(enterprise = "nnn.acme", errorHandler = "missing")
    void on(Uplink uplink) {}
  }

  static class WrongErrorHandler {
    @NHubListener(enterprise = "nnn.acme", errorHandler = "fake")
    void on(Uplink uplink) {}
  }

  static class SameId {
    @NHubListener(id = "x", enterprise = "nnn.acme")
    void one(Uplink uplink) {}

    @NHubListener(id = "x", enterprise = "nnn.acme")
    void two(Uplink uplink) {}
  }

  static class SameDurableName {
    @NHubListener(durable = "x", enterprise = "nnn.acme")
    void one(Uplink uplink) {}

    @NHubListener(durable = "x", enterprise = "nnn.acme")
    void two(Uplink uplink) {}
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(NoParameter.class, "has no parameter"),
        Arguments.of(UnknownParameter.class, "parameter of type String"),
        Arguments.of(Result.class, "returns int"),
        Arguments.of(ChannelType.class, "cannot be a int"),
        Arguments.of(TwoKinds.class, "several kinds"),
        Arguments.of(OtherKind.class, "subscribes to [JOIN]"),
        Arguments.of(BatchAndMore.class, "only parameter"),
        Arguments.of(BatchOfTheWrongType.class, "parameter of type List"),
        Arguments.of(NoEnterprise.class, "names no enterprise"),
        Arguments.of(NotAnEnterprise.class, "enterprise cannot be used"),
        Arguments.of(NotADevice.class, "devices cannot be used"),
        Arguments.of(NotAName.class, "durable name cannot be used"),
        Arguments.of(NotANumber.class, "Not a number: \"many\""),
        Arguments.of(NotADuration.class, "handlerDeadline cannot be used"),
        Arguments.of(ConcurrencyOfOne.class, "are for batches"),
        Arguments.of(TooLargeBatch.class, "do not fit into the window"),
        Arguments.of(NoBatch.class, "batch cannot be used"),
        Arguments.of(NoErrorHandler.class, "no bean \"missing\""),
        Arguments.of(WrongErrorHandler.class, "is a io.nnnco.nhub.testkit.FakeNHub"),
        Arguments.of(SameId.class, "another listener with the id \"x\""),
        Arguments.of(SameDurableName.class, "has the durable name \"x\" too"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void start_wrongListener_failsAndNamesTheMethod(Class<?> type, String reason, FakeNHub fake) {
    Contexts.with(fake)
        .withBean(type)
        .run(
            context -> {
              FailureAnalysis analysis = Contexts.analysis(context);
              String description = analysis.getDescription();
              assertTrue(description.contains(type.getName() + "."), description);
              assertTrue(description.contains(reason), description);
              assertTrue(analysis.getAction().length() > 20, analysis.getAction());
            });
  }

  @Test
  void enterprise_ofTheProperties_isTheDefault(FakeNHub fake) {
    Contexts.with(fake)
        .withPropertyValues("nhub.subscription.enterprises=nnn.acme")
        .withBean("bean", NoEnterprise.class)
        .run(
            context ->
                assertTrue(context.getBean(NHubListenerRegistry.class).get("bean.on").isRunning()));
  }
}
