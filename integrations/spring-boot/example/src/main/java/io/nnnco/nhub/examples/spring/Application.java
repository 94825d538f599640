package io.nnnco.nhub.examples.spring;

// tag::application
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.NHubListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Application {
  private static final Logger log = LoggerFactory.getLogger(Application.class);

  @NHubListener
  void log(Uplink uplink) {
    log.info("{}: {}", uplink.deviceId(), uplink.readings());
  }

  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }
}
// end::application
