package io.nnnco.nhub.spring.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.NHubConnectionDetails;
import io.nnnco.nhub.spring.NHubListener;
import io.nnnco.nhub.spring.NHubListenerRegistry;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A test's own addresses and credentials, whatever the application's properties say. */
@SpringBootTest(
    classes = OwnConnectionDetailsTest.Application.class,
    properties = {"nhub.environment=production", "nhub.credentials.directory=/etc/nhub"})
@Import(OwnConnectionDetailsTest.Connection.class)
class OwnConnectionDetailsTest {
  private static final FakeNHub SHARED = FakeNHub.builder().leakCheck(false).start();

  @AfterAll
  static void close() {
    SHARED.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @NHubListener(id = "uplinks", enterprise = "nnn.acme")
    void on(Uplink uplink) {
      received.add(uplink.deviceId());
    }
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Connection {
    @Bean
    NHubConnectionDetails shared() {
      return new NHubConnectionDetails() {
        @Override
        public NHubEnvironment environment() {
          return SHARED.environment();
        }

        @Override
        public Credentials credentials() {
          return SHARED.identity();
        }
      };
    }
  }

  @Test
  void connectionDetails_ofTheTest_takeThePlaceOfTheProperties(
      @Autowired NHubListenerRegistry registry, @Autowired Application application)
      throws InterruptedException {
    Duration soon = Duration.ofSeconds(60);
    registry.get("uplinks").subscription().orElseThrow().awaitConnected(soon);
    SHARED.publish(FakeMessage.uplink("A")).awaitDelivered(soon);

    assertEquals("A", application.received.poll(60, TimeUnit.SECONDS));
  }
}
