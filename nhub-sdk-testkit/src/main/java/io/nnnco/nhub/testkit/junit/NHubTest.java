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
 * A test class with a {@link FakeNHub}, started for it and closed after it. What its tests need of
 * the fake they take as parameters:
 *
 * <pre>{@code
 * @NHubTest
 * class ReadingsTest {
 *   @Test
 *   void uplink_withTemperature_isStored(FakeNHub fake, ClientIdentity identity) { … }
 * }
 * }</pre>
 *
 * <p>See {@link FakeNHubExtension} for the parameters, and for a fake with settings of your own.
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
   * @return one per class, if not set
   */
  Lifecycle lifecycle() default Lifecycle.PER_CLASS;

  /**
   * The codes of the enterprises that there are; the first is the default everywhere.
   *
   * @return {@value FakeNHub#DEFAULT_ENTERPRISE} alone, if not set
   */
  String[] enterprises() default {FakeNHub.DEFAULT_ENTERPRISE};

  /**
   * Whether a test fails that leaves a client connected, or a message un-acknowledged.
   *
   * @return true, if not set
   */
  boolean leakCheck() default true;
}
