package io.nnnco.nhub.spring.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.NHubListener;
import io.nnnco.nhub.spring.NHubListenerRegistry;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.testkit.FakeNHub;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Spring pauses a test's context while another is in use, from Spring Framework 7 on. */
@SpringBootTest(
    classes = RestartedContextTest.Application.class,
    properties = {
      "nhub.fake.enabled=true",
      "nhub.fake.devices=1",
      "nhub.fake.every=1h",
      "nhub.fake.enterprises=nnn.acme"
    })
@AutoConfigureFakeNHub
class RestartedContextTest {
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @NHubListener(enterprise = "nnn.acme")
    void on(Uplink uplink) {}
  }

  private static SubscriptionState state(NHubListenerRegistry registry) {
    return registry.get("restartedContextTest.Application.on").subscription().orElseThrow().state();
  }

  @Test
  void context_stoppedAndStarted_listenersAreSubscribedAgain(
      @Autowired ConfigurableApplicationContext context,
      @Autowired NHubListenerRegistry registry,
      @Autowired FakeNHub fake) {
    assertEquals(SubscriptionState.SUBSCRIBED, state(registry));
    for (int i = 0; i < 3; i++) {
      context.stop();
      assertEquals(SubscriptionState.CLOSED, state(registry));

      context.start();

      assertEquals(SubscriptionState.SUBSCRIBED, state(registry));
    }
  }
}
