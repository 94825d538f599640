package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.management.RetryPolicy;
import io.nnnco.nhub.management.TokenProvider;
import io.nnnco.nhub.management.TokenScheme;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The builder's settings. {@code random} returns numbers from 0 to 1 for the jitter. */
public record RestSettings(
    URI base,
    TokenProvider tokens,
    TokenScheme scheme,
    RetryPolicy retryPolicy,
    Duration callTimeout,
    Duration attemptTimeout,
    @Nullable ProxyServer proxy,
    InstantSource clock,
    MonotonicTime time,
    DoubleSupplier random) {}
