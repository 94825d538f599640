package io.nnnco.nhub.spring;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Each property of {@code nhub.subscription} comes to the options of a listener. */
@NHubTest
class SubscriptionPropertiesTest {
  private static final String PREFIX = "nhub.subscription.";

  /** A value, where it must arrive, and as what. */
  private record Case(
      String value, Function<SubscribeOptions, @Nullable Object> option, Object expected) {}

  private static final Map<String, Case> CASES = new LinkedHashMap<>();

  static {
    add("qos", "at-most-once", SubscribeOptions::qos, Qos.AT_MOST_ONCE);
    add("protocol", "mqtt-3-1-1", SubscribeOptions::protocol, MqttVersion.MQTT_3_1_1);
    add("await-credentials", "true", SubscribeOptions::awaitCredentials, true);
    add("handler-context", "true", SubscribeOptions::handlerContext, true);
    add("durable-name", "name", SubscribeOptions::durableName, "name");
    add("shared-group", "group", SubscribeOptions::sharedGroup, "group");
    add("window", "7", SubscribeOptions::window, 7);
    add("window-bytes", "3MB", SubscribeOptions::windowBytes, 3L << 20);
    add("handler-deadline", "9s", SubscribeOptions::handlerDeadline, seconds(9));
    add("connect-timeout", "8s", SubscribeOptions::connectTimeout, seconds(8));
    add("keep-alive", "7s", SubscribeOptions::keepAlive, seconds(7));
    add("silent-after", "6s", SubscribeOptions::silentAfter, seconds(6));
    add("enterprises", "nnn.a", SubscribeOptions::enterprises, List.of(Enterprise.of("nnn.a")));
    add("session-expiry", "5h", SubscribeOptions::sessionExpiry, Duration.ofHours(5));
    add("reconnect.initial", "4s", each -> each.reconnectPolicy().initial(), seconds(4));
    add("reconnect.max", "3s", each -> each.reconnectPolicy().max(), seconds(3));
    add("failure.retries", "2", each -> each.failurePolicy().retries(), 2);
    add("failure.first-delay", "2s", each -> each.failurePolicy().firstDelay(), seconds(2));
    add("failure.max-delay", "11s", each -> each.failurePolicy().maxDelay(), seconds(11));
    add("failure.patience", "12s", each -> each.failurePolicy().patience(), seconds(12));
    add(
        "failure.last-resort",
        "stop",
        each -> each.failurePolicy().lastResort() instanceof LastResort.Stop,
        true);
  }

  private static Duration seconds(int number) {
    return Duration.ofSeconds(number);
  }

  private static void add(
      String name,
      String value,
      Function<SubscribeOptions, @Nullable Object> option,
      Object expected) {
    CASES.put(PREFIX + name, new Case(value, option, expected));
  }

  static Set<String> properties() {
    return CASES.keySet();
  }

  static class OneListener {
    @NHubListener(id = "one")
    void on(Uplink uplink) {}
  }

  private static SubscribeOptions options(FakeNHub fake, String... properties) {
    AtomicReference<SubscribeOptions> options = new AtomicReference<>();
    ApplicationContextRunner runner =
        Contexts.with(fake)
            .withBean(OneListener.class)
            .withPropertyValues(
                "nhub.listener.auto-startup=false",
                PREFIX + "enterprises=nnn.acme",
                PREFIX + "durable-name=one");
    runner
        .withPropertyValues(properties)
        .run(
            context ->
                options.set(context.getBean(NHubListenerRegistry.class).get("one").options()));
    return requireNonNull(options.get());
  }

  @ParameterizedTest
  @MethodSource("properties")
  void property_each_isAnOptionOfTheListener(String property, FakeNHub fake) {
    Case one = requireNonNull(CASES.get(property));
    SubscribeOptions plain = options(fake);
    SubscribeOptions changed = options(fake, property + "=" + one.value());

    assertEquals(one.expected(), one.option().apply(changed));
    assertNotEquals(one.expected(), one.option().apply(plain));
  }

  @ParameterizedTest
  @MethodSource("properties")
  void default_eachInTheMetadata_isTheSdks(String property, FakeNHub fake) {
    JsonNode value = requireNonNull(Metadata.properties().get(property)).path("defaultValue");
    if (!value.isMissingNode()) {
      var option = requireNonNull(CASES.get(property)).option();
      assertEquals(
          option.apply(options(fake)),
          option.apply(options(fake, property + "=" + value.asText())));
    }
  }
}
