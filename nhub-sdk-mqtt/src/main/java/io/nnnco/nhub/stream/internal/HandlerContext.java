package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncBatchHandler;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.HandlerInterceptor;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.MDCAdapter;

/**
 * Puts the device, the enterprise and the subscription into SLF4J's MDC while a handler is called,
 * so that each line of the handler's own log carries them. The thread then has back what it had.
 */
final class HandlerContext implements HandlerInterceptor {
  static final String DEVICE = "nhub.device";
  static final String ENTERPRISE = "nhub.enterprise";
  static final String SUBSCRIPTION = "nhub.subscription";

  private final MDCAdapter mdc;
  private final String subscription;
  private final @Nullable String onlyEnterprise;

  HandlerContext(SubscriptionSpec spec, MDCAdapter mdc) {
    this.mdc = mdc;
    List<Enterprise> enterprises = spec.options().enterprises();
    this.subscription = spec.clientId();
    this.onlyEnterprise = enterprises.size() == 1 ? enterprises.get(0).code() : null;
  }

  @Override
  public CompletionStage<?> intercept(
      DeviceMessage message, Delivery delivery, AsyncMessageHandler handler) throws Exception {
    String enterprise = delivery.enterprise().map(Enterprise::code).orElse(onlyEnterprise);
    String deviceBefore = set(DEVICE, safe(delivery.deviceId()));
    String enterpriseBefore = set(ENTERPRISE, enterprise);
    String subscriptionBefore = set(SUBSCRIPTION, subscription);
    try {
      return handler.handle(message, delivery);
    } finally {
      set(SUBSCRIPTION, subscriptionBefore);
      set(ENTERPRISE, enterpriseBefore);
      set(DEVICE, deviceBefore);
    }
  }

  /** A batch is of many devices, so none is named, not even the only one. */
  @Override
  public CompletionStage<?> interceptBatch(List<DeliveredMessage> batch, AsyncBatchHandler handler)
      throws Exception {
    String deviceBefore = set(DEVICE, null);
    String enterpriseBefore = set(ENTERPRISE, onlyEnterprise);
    String subscriptionBefore = set(SUBSCRIPTION, subscription);
    try {
      return handler.handle(batch);
    } finally {
      set(SUBSCRIPTION, subscriptionBefore);
      set(ENTERPRISE, enterpriseBefore);
      set(DEVICE, deviceBefore);
    }
  }

  /** Sets an entry, or removes it, and returns what was there. */
  private @Nullable String set(String key, @Nullable String value) {
    String before = mdc.get(key);
    if (value != null) {
      mdc.put(key, value);
    } else if (before != null) {
      mdc.remove(key);
    }
    return before;
  }

  /** A device id is what its sender likes; most are plain, and cost no more than a look. */
  private static String safe(String deviceId) {
    boolean plain = deviceId.length() <= ForeignText.LENGTH;
    for (int i = 0; plain && i < deviceId.length(); i++) {
      plain = deviceId.charAt(i) >= ' ' && deviceId.charAt(i) < 127;
    }
    return plain ? deviceId : ForeignText.shown(deviceId);
  }
}
