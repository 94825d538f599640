package io.nnnco.nhub.micrometer;

import io.micrometer.observation.ObservationRegistry;
import io.nnnco.nhub.NHubClientBuilder;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.SubscribeOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Observes the handlers of a client through Micrometer's Observation API, and so traces them, with
 * OpenTelemetry or Brave, if the registry has Micrometer Tracing's handlers:
 *
 * <pre>{@code
 * NHubClient.builder(environment).interceptor(NHubObservations.of(registry))
 * }</pre>
 *
 * <p>Each handler call is a {@code process} observation, whose scope is open while the handler runs
 * on its thread, and which ends when the handler's stage completes, or at the handler's deadline.
 * It goes on with the trace in the message's MQTT 5 user properties ({@code traceparent}), if there
 * is one that is well formed. A call that is retried is observed again. From the verdict on a
 * message to its PUBACK there is a {@code settle} observation, a child of the last {@code process}.
 *
 * <p>A batch is one observation. The Observation API has no links to several parents, so a batch of
 * more than one message begins a trace of its own. The consumers of publishers and streams are not
 * observed, as they run on threads of their own.
 *
 * <p>Attributes and names are those of OpenTelemetry's <a
 * href="https://github.com/open-telemetry/semantic-conventions/blob/v1.44.0/docs/messaging/messaging-spans.md">semantic
 * conventions for messaging, version 1.44.0</a>, which have the status <em>development</em>, so
 * that a later version of this module may change them. {@link NHubObservationDocumentation} lists
 * them; a convention of your own replaces them. What handlers of the registry throw is logged once
 * for each subscription, and never fails a message.
 *
 * <p>Immutable and thread-safe; one may be given to several clients.
 */
public final class NHubObservations implements HandlerInterceptor.Factory {
  private final ObservationRegistry registry;
  private final @Nullable NHubProcessConvention process;
  private final @Nullable NHubSettleConvention settle;

  private NHubObservations(
      ObservationRegistry registry,
      @Nullable NHubProcessConvention process,
      @Nullable NHubSettleConvention settle) {
    this.registry = registry;
    this.process = process;
    this.settle = settle;
  }

  /**
   * Observations with the conventions of the registry, and the default ones where it has none.
   *
   * @param registry gets the observations
   * @return for {@link NHubClientBuilder#interceptor}
   */
  public static NHubObservations of(ObservationRegistry registry) {
    return new NHubObservations(Objects.requireNonNull(registry, "registry"), null, null);
  }

  /**
   * Replaces names and attributes of {@code process} observations.
   *
   * @param convention such as a subclass of {@link DefaultNHubProcessConvention}
   * @return the changed copy
   */
  public NHubObservations withProcessConvention(NHubProcessConvention convention) {
    return new NHubObservations(registry, Objects.requireNonNull(convention, "convention"), settle);
  }

  /**
   * Replaces names and attributes of {@code settle} observations.
   *
   * @param convention such as a subclass of {@link DefaultNHubSettleConvention}
   * @return the changed copy
   */
  public NHubObservations withSettleConvention(NHubSettleConvention convention) {
    return new NHubObservations(
        registry, process, Objects.requireNonNull(convention, "convention"));
  }

  @Override
  public HandlerInterceptor interceptorOf(SubscribeOptions options, String clientId) {
    return new ObservingInterceptor(registry, process, settle, clientId);
  }
}
