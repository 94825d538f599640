package io.nnnco.nhub.spring.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.NHubListener;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

/** A test of an application that sets no property. */
@SpringBootTest(classes = AutoConfigureFakeNHubTest.Application.class)
@AutoConfigureFakeNHub(enterprises = {"nnn.one", "nnn.two"})
class AutoConfigureFakeNHubTest {
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @NHubListener(enterprise = {"nnn.one", "nnn.two"})
    void on(Uplink uplink) {
      received.add(uplink.deviceId());
    }
  }

  @Test
  void uplink_publishedAtOnce_reachesTheListener(
      @Autowired FakeNHub fake, @Autowired Application application) throws InterruptedException {
    fake.publish(FakeMessage.uplink("A").enterprise("nnn.two"))
        .awaitDelivered(Duration.ofSeconds(60));

    assertEquals("A", application.received.poll(60, TimeUnit.SECONDS));
  }
}
