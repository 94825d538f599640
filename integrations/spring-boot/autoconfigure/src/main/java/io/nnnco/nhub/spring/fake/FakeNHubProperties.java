package io.nnnco.nhub.spring.fake;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code nhub.fake.*}, for development. Immutable.
 *
 * @param enabled Whether to start a fake N-Hub in this process, and to use it instead of a real
 *     one. Needs nhub-sdk-testkit on the class path.
 * @param enterprises Enterprises of the fake. By default nhub.subscription.enterprises, or
 *     nnn.acme.
 * @param devices Number of simulated devices that send uplinks.
 * @param every How often each simulated device sends.
 */
@ConfigurationProperties("nhub.fake")
public record FakeNHubProperties(
    @DefaultValue("false") boolean enabled,
    @Nullable List<String> enterprises,
    @DefaultValue("5") int devices,
    @DefaultValue("2s") Duration every) {}
