package io.nnnco.nhub.spring;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Downlink;
import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailureHandler;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.MessageHandler;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * A method of a bean that receives device messages, with a subscription of its own:
 *
 * <pre>{@code
 * @NHubListener(enterprise = "nnn.acme")
 * void store(Uplink uplink) { … }
 * }</pre>
 *
 * <p>Parameters, in any order: an {@link Uplink}, {@link Downlink}, {@link Join} or {@link
 * DeviceMessage}; the {@link Delivery}; readings of an uplink by {@link Channel}. Or one {@link
 * List} of {@link DeliveredMessage}, for a batch. The method returns nothing, or a {@link
 * CompletionStage}: a message is acknowledged when the method has returned, or its stage has
 * completed. What it throws is a failure of the message; {@link MessageHandler} has the rest of the
 * contract: at least once, in order per device, devices in parallel.
 *
 * <p>Each attribute that is text may have {@code ${placeholders}} and {@code #{expressions}}. An
 * empty attribute leaves the matter to {@code nhub.subscription.*}, and then to the SDK's default.
 */
@Documented
@Reflective
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface NHubListener {
  /**
   * The name in the {@link NHubListenerRegistry}, in health and in the endpoint.
   *
   * @return the name; by default that of the bean and the method, such as {@code meters.store}
   */
  String id() default "";

  /**
   * The enterprises, each a code or several with commas between.
   *
   * @return the codes; by default {@code nhub.subscription.enterprises}
   */
  String[] enterprise() default {};

  /**
   * The kinds of messages.
   *
   * @return the kinds; by default that of the parameter, every kind for a {@link DeviceMessage},
   *     and uplinks otherwise
   */
  MessageKind[] kinds() default {};

  /**
   * The devices, each an id or several with commas between.
   *
   * @return the ids; by default all devices
   */
  String[] devices() default {};

  /**
   * The durable name, under which the bridge keeps messages while the application is down.
   *
   * @return the name; by default {@code nhub.subscription.durable-name}
   */
  String durable() default "";

  /**
   * How long the bridge keeps the session of the durable name, such as {@code 7d}.
   *
   * @return a duration; by default {@code nhub.subscription.session-expiry}
   */
  String sessionExpiry() default "";

  /**
   * The group among whose members the messages are divided.
   *
   * @return the name; by default {@code nhub.subscription.shared-group}
   */
  String sharedGroup() default "";

  /**
   * How many messages may be in flight.
   *
   * @return a number; by default {@code nhub.subscription.window}
   */
  String window() default "";

  /**
   * How long the method may take before it counts as failed, such as {@code 30s}.
   *
   * @return a duration; by default {@code nhub.subscription.handler-deadline}
   */
  String handlerDeadline() default "";

  /**
   * How many batches may be handled at the same time, over disjoint devices. For batches only:
   * without them, each device is handled by itself.
   *
   * @return a number; by default 1
   */
  String concurrency() default "";

  /**
   * The most messages of a batch.
   *
   * @return a number; by default 100
   */
  String batchSize() default "";

  /**
   * The longest that a message waits for its batch to fill, such as {@code 500ms}.
   *
   * @return a duration; by default one second
   */
  String batchDelay() default "";

  /**
   * The name of a bean that decides about failures: a {@link FailureHandler}, which gets what is
   * given up after the retries, or a {@link FailurePolicy}, which replaces {@code
   * nhub.subscription.failure.*} altogether.
   *
   * @return a bean name; by default none
   */
  String errorHandler() default "";

  /**
   * Whether it starts when the application is ready; otherwise {@link NHubListenerRegistry} starts
   * it.
   *
   * @return true or false; by default {@code nhub.listener.auto-startup}
   */
  String autoStartup() default "";
}
