package io.nnnco.nhub.examples.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.Channel;
import io.nnnco.nhub.spring.NHubListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Appends to a file what it begins and what it has handled, one line each. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class LoadApplication implements AutoCloseable {
  private final FileChannel log;
  private final Duration takes;

  LoadApplication(@Value("${log}") Path log, @Value("${takes:0ms}") Duration takes)
      throws IOException {
    this.log = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    this.takes = takes;
  }

  /** The work of a real handler is what the sleep stands for. */
  @NHubListener(durable = "load", enterprise = "nnn.acme")
  void on(Uplink uplink, @Channel("n") double number) throws Exception {
    String message = uplink.deviceId() + " " + (long) number + "\n";
    write("begun " + message);
    Thread.sleep(takes.toMillis());
    write("handled " + message);
  }

  private void write(String line) throws IOException {
    log.write(ByteBuffer.wrap(line.getBytes(US_ASCII)));
  }

  /** What handlers use is closed: one that still ran would fail. */
  @Override
  public void close() throws IOException {
    log.close();
  }

  public static void main(String[] args) {
    SpringApplication.run(LoadApplication.class, args);
  }
}
