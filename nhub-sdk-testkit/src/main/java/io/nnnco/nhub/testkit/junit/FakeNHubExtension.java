package io.nnnco.nhub.testkit.junit;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.FakeNHubBuilder;
import io.nnnco.nhub.testkit.VirtualClock;
import io.nnnco.nhub.testkit.junit.NHubTest.Lifecycle;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Starts a {@link FakeNHub} for tests, and passes them what they declare as parameters: the {@link
 * FakeNHub}, its {@link NHubEnvironment}, a {@link ClientIdentity} or a {@link UsernamePassword}
 * that it accepts, or the {@link VirtualClock} of {@link NHubTest#clock()}. With {@link NHubTest},
 * you need nothing else. For a fake with other settings, register it as a static field, for one per
 * class, or as an instance field, for one per test:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final FakeNHubExtension NHUB =
 *     new FakeNHubExtension(() -> FakeNHub.builder().pageSize(2).start());
 * }</pre>
 *
 * <p>After each test the fake checks whether a client or message was left behind, and if so fails
 * the test; then it starts over. Nested classes share the fake of the outer class.
 */
public final class FakeNHubExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(FakeNHubExtension.class);

  private static final Map<Class<?>, Function<FakeNHub, Object>> PARAMETERS =
      Map.of(
          FakeNHub.class, fake -> fake,
          NHubEnvironment.class, FakeNHub::environment,
          ClientIdentity.class, FakeNHub::identity,
          UsernamePassword.class, FakeNHub::usernamePassword);

  /** A fake, and the container or test with which it ends. */
  private record Running(FakeNHub fake, @Nullable VirtualClock clock, String owner) {}

  private final @Nullable Supplier<FakeNHub> starter;

  /** Uses the settings of the class's {@link NHubTest}, or the defaults. */
  public FakeNHubExtension() {
    starter = null;
  }

  /**
   * Uses your own settings.
   *
   * @param starter starts a fake
   */
  public FakeNHubExtension(Supplier<FakeNHub> starter) {
    this.starter = Objects.requireNonNull(starter, "starter");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (onePerClass(context)) {
      startIfNone(context);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    startIfNone(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Running running = running(context);
    try {
      if (running != null && !closeIfOwned(running, context)) {
        running.fake().reset();
      }
    } catch (AssertionError e) {
      if (!aborted(context)) {
        throw e;
      }
    }
  }

  /** Whether the test has given up, so that it cannot have done all that it is checked for. */
  private static boolean aborted(ExtensionContext context) {
    return context.getExecutionException().orElse(null) instanceof TestAbortedException;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Running running = running(context);
    if (running != null) {
      closeIfOwned(running, context);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return PARAMETERS.containsKey(type) || type == VirtualClock.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (onePerClass(context)) {
      startIfNone(context); // a constructor's parameters may be resolved before anything else
    }
    Running running = running(context);
    if (running != null && parameter.getParameter().getType() == VirtualClock.class) {
      return requireClock(running);
    }
    Function<FakeNHub, Object> value = PARAMETERS.get(parameter.getParameter().getType());
    if (running == null || value == null) {
      throw new ParameterResolutionException(
          "No fake is running yet: with one fake per test, take it in a test or @BeforeEach"
              + " method.");
    }
    return value.apply(running.fake());
  }

  private static VirtualClock requireClock(Running running) {
    if (running.clock() == null) {
      throw new ParameterResolutionException(
          "The fake uses the system's clock. Give it another: @NHubTest(clock ="
              + " \"2026-03-17T00:00:00Z\").");
    }
    return running.clock();
  }

  private static boolean onePerClass(ExtensionContext context) {
    return settings(context).map(NHubTest::lifecycle).orElse(Lifecycle.PER_CLASS)
        == Lifecycle.PER_CLASS;
  }

  private void startIfNone(ExtensionContext context) {
    if (running(context) == null) {
      VirtualClock clock = starter == null ? clock(context) : null;
      store(context)
          .put(Running.class, new Running(start(context, clock), clock, context.getUniqueId()));
    }
  }

  private static @Nullable VirtualClock clock(ExtensionContext context) {
    String start = settings(context).map(NHubTest::clock).orElse("");
    try {
      return start.isEmpty() ? null : VirtualClock.at(Instant.parse(start));
    } catch (DateTimeParseException e) {
      throw new ExtensionConfigurationException(
          "@NHubTest(clock = \""
              + start
              + "\") is not a time such as 2026-03-17T00:00:00Z, in UTC.",
          e);
    }
  }

  private FakeNHub start(ExtensionContext context, @Nullable VirtualClock clock) {
    if (starter != null) {
      return starter.get();
    }
    FakeNHubBuilder builder = FakeNHub.builder();
    settings(context)
        .ifPresent(
            settings -> {
              String[] codes = settings.enterprises();
              builder
                  .enterprises(codes[0], Arrays.copyOfRange(codes, 1, codes.length))
                  .faultCheck(settings.faultCheck())
                  .leakCheck(settings.leakCheck());
            });
    if (clock != null) {
      builder.clock(clock);
    }
    return builder.start();
  }

  private static boolean closeIfOwned(Running running, ExtensionContext context) {
    if (!running.owner().equals(context.getUniqueId())) {
      return false;
    }
    store(context).remove(Running.class);
    running.fake().close();
    return true;
  }

  /** The nearest fake: of this test, its class or an enclosing class. */
  private static @Nullable Running running(ExtensionContext context) {
    return store(context).get(Running.class, Running.class);
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  /** Of the class, or of the nearest enclosing class. */
  private static Optional<NHubTest> settings(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getTestClass(), NHubTest.class)
        .or(() -> context.getParent().flatMap(FakeNHubExtension::settings));
  }
}
