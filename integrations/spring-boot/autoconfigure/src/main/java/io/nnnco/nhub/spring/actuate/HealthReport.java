package io.nnnco.nhub.spring.actuate;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.spring.NHubListenerRegistry;
import io.nnnco.nhub.stream.SubscriptionHealth;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The health of the client in Spring Boot's words, whose types differ between its versions.
 *
 * @param status the code of a Status
 * @param details why
 */
record HealthReport(String status, Map<String, Object> details) {
  /**
   * Whether messages flow: up, out of service if it recovers by itself, down if it does not, and
   * unknown if nothing subscribes.
   */
  static HealthReport readiness(NHubClient client, @Nullable NHubListenerRegistry registry) {
    SubscriptionHealth health = client.health();
    String status;
    if (health.reason() == SubscriptionHealth.Reason.CLOSED) {
      status = "UNKNOWN";
    } else if (!health.live()) {
      status = "DOWN";
    } else {
      status = health.ready() ? "UP" : "OUT_OF_SERVICE";
    }
    return new HealthReport(status, details(health, registry));
  }

  /** Whether a restart would be of no use: down only if it would be. */
  static HealthReport liveness(NHubClient client, @Nullable NHubListenerRegistry registry) {
    SubscriptionHealth health = client.health();
    return new HealthReport(health.live() ? "UP" : "DOWN", details(health, registry));
  }

  private static Map<String, Object> details(
      SubscriptionHealth health, @Nullable NHubListenerRegistry registry) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("reason", health.reason().name());
    details.put("detail", health.detail());
    if (registry != null && !registry.containers().isEmpty()) {
      Map<String, Object> listeners = new LinkedHashMap<>();
      registry
          .containers()
          .forEach(
              container ->
                  listeners.put(
                      container.id(),
                      container
                          .subscription()
                          .map(subscription -> subscription.health().reason().name())
                          .orElse("STOPPED")));
      details.put("listeners", listeners);
    }
    return details;
  }
}
