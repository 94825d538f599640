package io.nnnco.nhub.spring;

import static io.nnnco.nhub.spring.PropertyValues.checked;

import io.nnnco.nhub.spring.NHubProperties.SubscriptionProperties;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Applies {@code nhub.subscription.*}; a wrong value is named by its property. */
final class SubscriptionDefaults {
  private static final String PREFIX = "nhub.subscription.";
  private static final String CORRECT = "Correct it, or leave it out for the SDK's default.";

  private final SubscriptionProperties properties;

  SubscriptionDefaults(SubscriptionProperties properties) {
    this.properties = properties;
  }

  SubscriptionProperties properties() {
    return properties;
  }

  /** Everything but the enterprises, the durable name and the failure policy. */
  void apply(SubscribeOptionsBuilder builder) {
    set("shared-group", PropertyValues.text(properties.sharedGroup()), builder::sharedGroup);
    set("window", properties.window(), builder::window);
    set("window-bytes", properties.windowBytes(), size -> builder.windowBytes(size.toBytes()));
    set("qos", properties.qos(), builder::qos);
    set("protocol", properties.protocol(), builder::protocol);
    set("handler-deadline", properties.handlerDeadline(), builder::handlerDeadline);
    set("connect-timeout", properties.connectTimeout(), builder::connectTimeout);
    set("keep-alive", properties.keepAlive(), builder::keepAlive);
    set("silent-after", properties.silentAfter(), builder::silentAfter);
    builder.handlerContext(properties.handlerContext());
    if (properties.awaitCredentials()) {
      builder.awaitCredentials();
    }
    SubscriptionProperties.Reconnect reconnect = properties.reconnect();
    set(
        "reconnect.max",
        reconnect.max(),
        max -> builder.reconnectPolicy(new ReconnectPolicy(reconnect.initial(), max)));
  }

  private static <T> void set(
      String name, @Nullable T value, java.util.function.Function<T, ?> setter) {
    if (value != null) {
      checked(PREFIX + name, CORRECT, () -> setter.apply(value));
    }
  }

  FailurePolicy failurePolicy() {
    SubscriptionProperties.Failure failure = properties.failure();
    FailurePolicy policy = FailurePolicy.ofDefaults();
    Integer retries = failure.retries();
    if (retries != null) {
      policy = changed("failure.retries", policy, before -> before.withRetries(retries));
    }
    Duration first = failure.firstDelay();
    Duration max = failure.maxDelay();
    if (first != null || max != null) {
      policy =
          changed(
              first != null ? "failure.first-delay" : "failure.max-delay",
              policy,
              before ->
                  before.withBackoff(
                      first != null ? first : before.firstDelay(),
                      max != null ? max : before.maxDelay()));
    }
    Duration patience = failure.patience();
    if (patience != null) {
      policy = changed("failure.patience", policy, before -> before.withPatience(patience));
    }
    return switch (failure.lastResort()) {
      case SKIP -> policy.thenSkip();
      case STOP -> policy.thenStop();
    };
  }

  private static FailurePolicy changed(
      String name, FailurePolicy policy, UnaryOperator<FailurePolicy> change) {
    return checked(PREFIX + name, CORRECT, () -> change.apply(policy));
  }
}
