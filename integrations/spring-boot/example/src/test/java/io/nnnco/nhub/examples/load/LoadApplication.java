package io.nnnco.nhub.examples.load;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.Channel;
import io.nnnco.nhub.spring.NHubListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Appends what it receives to a file, one line each. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class LoadApplication {
  private final Path file;

  LoadApplication(@Value("${handled}") Path file) {
    this.file = file;
  }

  @NHubListener(durable = "load", enterprise = "nnn.acme")
  synchronized void on(Uplink uplink, @Channel("n") double number) throws IOException {
    Files.writeString(
        file,
        uplink.deviceId() + " " + (long) number + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  public static void main(String[] args) {
    SpringApplication.run(LoadApplication.class, args);
  }
}
