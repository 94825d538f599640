package io.nnnco.nhub.spring.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.NHubListener;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.SpringBootTestContextBootstrapper;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A slice has no auto-configuration but its own; {@link AutoConfigureFakeNHub} brings client and
 * listeners, and nothing else.
 */
@FakeSliceTest.Slice
@AutoConfigureFakeNHub
@ContextConfiguration(classes = FakeSliceTest.Application.class)
class FakeSliceTest {
  /** What Spring Boot's own slices, such as {@code @JsonTest}, are made of. */
  @Retention(RetentionPolicy.RUNTIME)
  @BootstrapWith(SpringBootTestContextBootstrapper.class)
  @ExtendWith(SpringExtension.class)
  @TestPropertySource(properties = "spring.boot.enableautoconfiguration=false")
  @interface Slice {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @NHubListener(enterprise = "nnn.acme")
    void on(Uplink uplink) {
      received.add(uplink.deviceId());
    }
  }

  @Test
  void uplink_inASlice_reachesTheListener(
      @Autowired FakeNHub fake,
      @Autowired Application application,
      @Autowired ApplicationContext context)
      throws InterruptedException {
    fake.publish(FakeMessage.uplink("A")).awaitDelivered(Duration.ofSeconds(60));

    assertEquals("A", application.received.poll(60, TimeUnit.SECONDS));
    assertFalse(context.getBeanProvider(SslBundles.class).stream().findAny().isPresent());
  }
}
