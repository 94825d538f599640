package io.nnnco.nhub.spring.aot;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.Channel;
import io.nnnco.nhub.spring.NHubListener;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** A user's application; it says what it receives. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Thermometer {
  @NHubListener(enterprise = "nnn.acme")
  void heard(Uplink uplink, @Channel("temperature") double temperature) {
    System.out.println("heard " + uplink.deviceId() + " " + temperature);
  }

  public static void main(String[] args) {
    SpringApplication.run(Thermometer.class, args);
  }
}
