package io.nnnco.nhub.spring;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.FailureHandler;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.convert.DurationStyle;

/** Makes a container of an annotated method: annotation first, then properties. */
final class ListenerFactory {
  private static final int BATCH_SIZE = 100;
  private static final Duration BATCH_DELAY = Duration.ofSeconds(1);

  private final BeanFactory beans;
  private final Expressions expressions;
  private final SubscriptionDefaults defaults;
  private final boolean autoStartup;
  private final Supplier<NHubClient> client;

  ListenerFactory(
      ConfigurableBeanFactory beans, NHubProperties properties, Supplier<NHubClient> client) {
    this.beans = beans;
    this.expressions = new Expressions(beans);
    this.defaults = new SubscriptionDefaults(properties.subscription());
    this.autoStartup = properties.listener().autoStartup();
    this.client = client;
  }

  NHubListenerContainer container(
      String beanName, String methodName, ListenerMethod method, NHubListener annotation) {
    NHubClient one = client(method);
    String id = expressions.text(annotation.id());
    String startup = expressions.text(annotation.autoStartup());
    SubscribeOptions options = options(method, annotation);
    BatchOptions batches = batches(method, annotation);
    if (batches != null && (long) batches.size() * batches.parallelism() > options.window()) {
      throw method.fault(
          "Its batches, "
              + batches.parallelism()
              + " of "
              + batches.size()
              + " messages, do not fit into the window of "
              + options.window()
              + ".",
          "Make the batches smaller, or the window larger.");
    }
    return new NHubListenerContainer(
        id == null ? beanName + "." + methodName : id,
        startup == null ? autoStartup : Boolean.parseBoolean(startup),
        options,
        batches == null
            ? () -> one.subscribeAsync(options, method::call)
            : () -> one.subscribeBatchesAsync(options, batches, method::call));
  }

  private NHubClient client(ListenerMethod method) {
    try {
      return client.get();
    } catch (NoUniqueBeanDefinitionException e) {
      throw method.fault(
          "There are several clients for it: "
              + String.join(", ", Objects.requireNonNull(e.getBeanNamesFound()))
              + ".",
          "Mark the one for listeners as @Primary.",
          e);
    }
  }

  private SubscribeOptions options(ListenerMethod method, NHubListener annotation) {
    List<Enterprise> enterprises = enterprises(method, annotation);
    SubscribeOptionsBuilder builder = SubscribeOptions.builder(enterprises.get(0));
    enterprises.forEach(builder::alsoEnterprise);
    defaults.apply(builder);
    kinds(method, annotation, builder);
    List<String> devices = expressions.texts(annotation.devices());
    if (!devices.isEmpty()) {
      apply(method, "devices", () -> builder.devices(devices));
    }
    durable(method, annotation, builder);
    set(method, "sharedGroup", annotation.sharedGroup(), builder::sharedGroup);
    set(method, "window", annotation.window(), text -> builder.window(number(text)));
    set(
        method,
        "handlerDeadline",
        annotation.handlerDeadline(),
        text -> builder.handlerDeadline(DurationStyle.detectAndParse(text)));
    builder.failurePolicy(failurePolicy(method, annotation));
    return builder.build();
  }

  private List<Enterprise> enterprises(ListenerMethod method, NHubListener annotation) {
    List<String> codes = expressions.texts(annotation.enterprise());
    if (codes.isEmpty()) {
      codes = configuredEnterprises();
    }
    if (codes.isEmpty()) {
      throw method.fault(
          "It names no enterprise.",
          "Set enterprise = \"…\" in the annotation, or nhub.subscription.enterprises for all"
              + " listeners.");
    }
    List<String> found = codes;
    return apply(method, "enterprise", () -> found.stream().map(Enterprise::of).toList());
  }

  private List<String> configuredEnterprises() {
    List<String> codes = defaults.properties().enterprises();
    return codes == null ? List.of() : codes;
  }

  private static void kinds(
      ListenerMethod method, NHubListener annotation, SubscribeOptionsBuilder builder) {
    Set<MessageKind> needed = method.kinds();
    List<MessageKind> named = List.of(annotation.kinds());
    if (!named.isEmpty()) {
      if (!needed.isEmpty() && !needed.containsAll(named)) {
        throw method.fault(
            "It subscribes to " + named + ", but its parameters take only " + needed + ".",
            "Take a DeviceMessage, or leave kinds out.");
      }
      builder.kinds(named);
    } else if (!needed.isEmpty()) {
      builder.kinds(needed);
    } else if (method.takesAnyKind()) {
      builder.allKinds();
    }
  }

  private void durable(
      ListenerMethod method, NHubListener annotation, SubscribeOptionsBuilder builder) {
    String named = expressions.text(annotation.durable());
    String name = named == null ? PropertyValues.text(defaults.properties().durableName()) : named;
    if (name == null) {
      return;
    }
    String expiry = expressions.text(annotation.sessionExpiry());
    apply(
        method,
        "durable name",
        () ->
            builder.durable(
                name,
                expiry == null
                    ? defaults.properties().sessionExpiry()
                    : DurationStyle.detectAndParse(expiry)));
  }

  private @Nullable BatchOptions batches(ListenerMethod method, NHubListener annotation) {
    String size = expressions.text(annotation.batchSize());
    String delay = expressions.text(annotation.batchDelay());
    String concurrency = expressions.text(annotation.concurrency());
    if (method.isBatch()) {
      return apply(
          method,
          "batch",
          () ->
              new BatchOptions(
                  size == null ? BATCH_SIZE : number(size),
                  delay == null ? BATCH_DELAY : DurationStyle.detectAndParse(delay),
                  concurrency == null ? 1 : number(concurrency)));
    }
    if (size != null || delay != null || concurrency != null) {
      throw method.fault(
          "batchSize, batchDelay and concurrency are for batches, and it takes single messages.",
          "Take a List<DeliveredMessage>, or leave them out: single messages are handled one at a"
              + " time per device, on the threads of nhub.listener.threads.");
    }
    return null;
  }

  private FailurePolicy failurePolicy(ListenerMethod method, NHubListener annotation) {
    String name = expressions.text(annotation.errorHandler());
    if (name == null) {
      return defaults.failurePolicy();
    }
    if (!beans.containsBean(name)) {
      throw method.fault(
          "There is no bean \"" + name + "\" for its errorHandler.",
          "Declare a bean of that name, a FailureHandler or a FailurePolicy.");
    }
    Object bean = beans.getBean(name);
    if (bean instanceof FailurePolicy policy) {
      return policy;
    }
    if (bean instanceof FailureHandler handler) {
      return defaults.failurePolicy().thenHandOver(handler);
    }
    throw method.fault(
        "The bean \"" + name + "\" of its errorHandler is a " + bean.getClass().getName() + ".",
        "Use a FailureHandler or a FailurePolicy.");
  }

  private void set(
      ListenerMethod method, String attribute, String expression, Function<String, ?> setter) {
    String text = expressions.text(expression);
    if (text != null) {
      apply(method, attribute, () -> setter.apply(text));
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Not a number: \"" + text + "\".", e);
    }
  }

  private static <T> T apply(ListenerMethod method, String attribute, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw method.fault(
          "Its " + attribute + " cannot be used. " + e.getMessage(),
          "Correct the annotation, or the property that it names.",
          e);
    }
  }
}
