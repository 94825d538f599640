package io.nnnco.nhub.examples.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names by which modules can require the starter: names that stay, unlike those of files. */
class ModuleNamesTest {
  private static final Pattern CONFIGURED =
      Pattern.compile("<Automatic-Module-Name>(.*)</Automatic-Module-Name>");

  @ParameterizedTest
  @CsvSource({
    "autoconfigure, io.nnnco.nhub.spring",
    "starter, io.nnnco.nhub.spring.boot.starter",
  })
  void manifest_ofTheJar_namesTheModule(String module, String name) throws IOException {
    Optional<Path> jar = jar(module);

    assertEquals(name, jar.isPresent() ? moduleOf(jar.get()) : configured(module));
  }

  /** There is a jar after the phase "package"; before it, the jar's classes are on the path. */
  private static Optional<Path> jar(String module) {
    return Stream.of(ChildJvm.classPath().split(File.pathSeparator, -1))
        .filter(entry -> entry.matches(".*nhub-sdk-spring-boot-" + module + "-[^/]*\\.jar"))
        .map(Path::of)
        .findAny();
  }

  private static String moduleOf(Path jar) {
    return ModuleFinder.of(jar).findAll().iterator().next().descriptor().name();
  }

  private static String configured(String module) throws IOException {
    Matcher pom = CONFIGURED.matcher(Files.readString(Path.of("..", module, "pom.xml")));
    assertTrue(pom.find());
    return pom.group(1);
  }
}
