package io.nnnco.nhub.spring.fake;

import io.nnnco.nhub.spring.NHubAutoConfiguration;
import io.nnnco.nhub.spring.NHubListenerAutoConfiguration;
import io.nnnco.nhub.testkit.FakeNHub;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * A test class whose application talks to a {@link FakeNHub}, whatever its properties say about
 * addresses and credentials. When a test begins, the listeners are subscribed:
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureFakeNHub
 * class MetersTest {
 *   @Test
 *   void uplink_isStored(@Autowired FakeNHub fake) { … }
 * }
 * }</pre>
 *
 * <p>Works with slices, too: it brings the auto-configuration of client and listeners. The fake
 * lives as long as the application context, which Spring shares among test classes of the same
 * configuration; do not {@linkplain FakeNHub#reset() reset} it, as this voids the client's
 * credentials.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Import(FakeNHubRegistrar.class)
@ImportAutoConfiguration({
  FakeNHubAutoConfiguration.class,
  NHubAutoConfiguration.class,
  NHubListenerAutoConfiguration.class
})
public @interface AutoConfigureFakeNHub {
  /**
   * The enterprises of the fake; the first is its default.
   *
   * @return their codes
   */
  String[] enterprises() default {FakeNHub.DEFAULT_ENTERPRISE};
}
