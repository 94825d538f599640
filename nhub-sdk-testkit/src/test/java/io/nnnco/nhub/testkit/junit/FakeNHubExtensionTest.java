package io.nnnco.nhub.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Subscriber;
import io.nnnco.nhub.testkit.VirtualClock;
import io.nnnco.nhub.testkit.junit.NHubTest.Lifecycle;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Test classes as users write them, run by JUnit inside a test. */
final class FakeNHubExtensionTest {
  private static final List<NHubEnvironment> SEEN = new ArrayList<>();

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  private static TestExecutionSummary run(Class<?> testClass) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(testClass))
                .build(),
            summary);
    return summary.getSummary();
  }

  private static void assertAllPass(int tests, TestExecutionSummary summary) {
    assertEquals(List.of(), summary.getFailures().stream().map(f -> f.getException()).toList());
    assertEquals(tests, summary.getTestsSucceededCount());
  }

  private static void assertClosed(NHubEnvironment environment) {
    assertThrows(IOException.class, () -> new Socket("localhost", environment.mqttPort()).close());
    assertThrows(
        IOException.class, () -> new Socket("localhost", environment.api().getPort()).close());
  }

  @NHubTest
  static class OneFakeCase {
    @Test
    void first(FakeNHub fake, NHubEnvironment environment) {
      assertEquals(fake.environment(), environment);
      use(fake);
    }

    @Test
    void second(FakeNHub fake) {
      use(fake);
    }

    private static void use(FakeNHub fake) {
      SEEN.add(fake.environment());
      assertEquals(0, fake.requests().all().size());
      assertThrows(IllegalArgumentException.class, () -> fake.identity("nnn.beta"));
    }

    @Nested
    class Inner {
      @Test
      void third(FakeNHub fake) {
        use(fake);
      }
    }
  }

  @Test
  void perClass_withANestedClass_isOneFakeThatIsClosedAtTheEnd() {
    assertAllPass(3, run(OneFakeCase.class));

    assertEquals(3, SEEN.size());
    assertEquals(1, SEEN.stream().distinct().count());
    assertClosed(SEEN.get(0));
  }

  @NHubTest(
      lifecycle = Lifecycle.PER_METHOD,
      enterprises = {"nnn.beta", "nnn.acme"})
  static class OneFakePerTestCase {
    @BeforeEach
    void remember(NHubEnvironment environment) {
      SEEN.add(environment);
    }

    @Test
    void first(FakeNHub fake, ClientIdentity identity) {
      assertEquals(fake.identity("nnn.beta"), identity);
    }

    @Test
    void second(FakeNHub fake, UsernamePassword login) {
      assertEquals(fake.usernamePassword("nnn.beta"), login);
    }
  }

  @Test
  void perMethod_hasAFakeForEachTest() {
    assertAllPass(2, run(OneFakePerTestCase.class));

    assertNotEquals(SEEN.get(0), SEEN.get(1));
    SEEN.forEach(FakeNHubExtensionTest::assertClosed);
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OwnSettingsCase {
    @RegisterExtension
    static final FakeNHubExtension NHUB =
        new FakeNHubExtension(() -> FakeNHub.builder().enterprises("nnn.own").start());

    private final FakeNHub fake;

    OwnSettingsCase(FakeNHub fake) {
      this.fake = fake;
    }

    @Test
    void first(ClientIdentity identity) {
      assertEquals(fake.identity("nnn.own"), identity);
    }
  }

  @Test
  void registered_withSettingsOfItsOwn_isGivenToTheConstructorToo() {
    assertAllPass(1, run(OwnSettingsCase.class));
  }

  @NHubTest
  static class LeakyCase {
    static final List<AutoCloseable> LEFT = new ArrayList<>();

    @Test
    void first(FakeNHub fake) throws Exception {
      LEFT.add(Subscriber.connected(fake, fake.identity(), "forgotten"));
    }
  }

  @NHubTest(leakCheck = false)
  static class LenientCase {
    @Test
    void first(FakeNHub fake) throws Exception {
      LeakyCase.LEFT.add(Subscriber.connected(fake, fake.identity(), "forgotten"));
    }
  }

  @Test
  void aTestThatLeavesAClient_failsAndNamesItUnlessTheCheckIsOff() throws Exception {
    TestExecutionSummary leaky = run(LeakyCase.class);
    TestExecutionSummary lenient = run(LenientCase.class);

    assertEquals(1, leaky.getTestsFailedCount());
    assertTrue(
        leaky.getFailures().get(0).getException().toString().contains("client forgotten is still"));
    assertAllPass(1, lenient);
    for (AutoCloseable client : LeakyCase.LEFT) {
      client.close();
    }
  }

  @NHubTest(lifecycle = Lifecycle.PER_METHOD)
  static class TooEarlyCase {
    TooEarlyCase(FakeNHub fake) {
      SEEN.add(fake.environment());
    }

    @Test
    void first() {}
  }

  @Test
  void perMethod_inAConstructor_saysWhereToTakeTheFakeInstead() {
    TestExecutionSummary summary = run(TooEarlyCase.class);

    assertTrue(
        summary.getFailures().get(0).getException().toString().contains("@BeforeEach method"));
  }

  @NHubTest(clock = "2026-03-17T00:00:00Z")
  static class ClockCase {
    @Test
    void takesTheClock(FakeNHub fake, VirtualClock clock) {
      clock.advance(Duration.ofDays(366));
      assertEquals(Instant.parse("2028-03-17T00:00:00Z"), fake.identity().expiresAt());
    }
  }

  @Test
  void clock_ofTheAnnotation_isTheFakesAndAParameter() {
    assertAllPass(1, run(ClockCase.class));
  }

  @NHubTest
  static class UnusedFaultCase {
    @Test
    void injectsForNothing(FakeNHub fake) {
      fake.inject(new BridgeFault.LoseSession());
    }
  }

  @Test
  void fault_thatNeverHappens_failsItsTest() {
    assertEquals(1, run(UnusedFaultCase.class).getTestsFailedCount());
  }

  @NHubTest
  static class AbortedCase {
    @Test
    void injectsAndIsAborted(FakeNHub fake) {
      fake.inject(new BridgeFault.LoseSession());
      Assumptions.abort("not on this machine");
    }

    @Test
    void injectsAndFails(FakeNHub fake) {
      fake.inject(new BridgeFault.LoseSession());
      throw new IllegalStateException("by itself");
    }
  }

  @Test
  void fault_thatNeverHappens_hidesNoOtherEndOfItsTest() {
    TestExecutionSummary summary = run(AbortedCase.class);

    assertEquals(1, summary.getTestsAbortedCount());
    assertEquals(
        List.of("by itself"),
        summary.getFailures().stream().map(f -> f.getException().getMessage()).toList());
  }
}
