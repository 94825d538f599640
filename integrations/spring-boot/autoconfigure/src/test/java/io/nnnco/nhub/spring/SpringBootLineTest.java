package io.nnnco.nhub.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/** One artifact for Spring Boot 3.5 and 4: the build says which of them this run is for. */
class SpringBootLineTest {
  @Test
  void version_onTheClassPath_isTheOneAskedFor() {
    assertEquals(System.getProperty("spring-boot.version"), SpringBootVersion.getVersion());
  }
}
