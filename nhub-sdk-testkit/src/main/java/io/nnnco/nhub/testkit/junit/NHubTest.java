package io.nnnco.nhub.testkit.junit;

import io.nnnco.nhub.testkit.FakeNHub;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class with a {@link FakeNHub} that is started before it and closed after it. Its tests
 * declare what they need of the fake as parameters:
 *
 * <pre>{@code
 * @NHubTest
 * class ReadingsTest {
 *   @Test
 *   void uplink_withTemperature_isStored(FakeNHub fake, ClientIdentity identity) { … }
 * }
 * }</pre>
 *
 * <p>See {@link FakeNHubExtension} for the parameters, and for a fake with your own settings.
 */
@Documented
@Inherited
@ExtendWith(FakeNHubExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface NHubTest {
  /** How long a fake lives. */
  enum Lifecycle {
    /**
     * One fake for all tests of a class, {@linkplain FakeNHub#reset() reset} after each. The tests
     * of the class must not run in parallel.
     */
    PER_CLASS,
    /** A fake for each test. */
    PER_METHOD
  }

  /**
   * How long a fake lives.
   *
   * @return one per class, by default
   */
  Lifecycle lifecycle() default Lifecycle.PER_CLASS;

  /**
   * The codes of the enterprises; the first is the default everywhere.
   *
   * @return only {@value FakeNHub#DEFAULT_ENTERPRISE}, by default
   */
  String[] enterprises() default {FakeNHub.DEFAULT_ENTERPRISE};

  /**
   * Whether a test fails if a fault that it injects never happens.
   *
   * @return true by default
   */
  boolean faultCheck() default true;

  /**
   * The time at which a {@link io.nnnco.nhub.testkit.VirtualClock} starts, such as {@code
   * 2026-03-17T00:00:00Z}, which then dates certificates and journals, and which a test takes as a
   * parameter to move it. It goes on from test to test of one class.
   *
   * @return empty, by default: the system's clock
   */
  String clock() default "";

  /**
   * Whether a test fails if it leaves a client connected or a message unacknowledged.
   *
   * @return true by default
   */
  boolean leakCheck() default true;
}
