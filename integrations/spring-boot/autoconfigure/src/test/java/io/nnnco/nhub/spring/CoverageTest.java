package io.nnnco.nhub.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Each property, and each condition of an auto-configuration, has a test that {@link Covers} it. A
 * condition's name is {@code Class:ConditionalOnX}, or {@code Class.method:ConditionalOnX}.
 */
class CoverageTest {
  private static final JavaClasses TESTS = classes("target/test-classes");
  private static final Path IMPORTS =
      Path.of(
          "target/classes/META-INF/spring",
          "org.springframework.boot.autoconfigure.AutoConfiguration.imports");

  /** Without the classes of libraries: what is looked for are names. */
  private static JavaClasses classes(String directory) {
    return ArchConfiguration.withThreadLocalScope(
        configuration -> {
          configuration.setResolveMissingDependenciesFromClassPath(false);
          return new ClassFileImporter().importPath(directory);
        });
  }

  private static Set<String> covered() {
    Set<String> covered = new TreeSet<>();
    for (JavaClass test : TESTS) {
      for (JavaMethod method : test.getMethods()) {
        method
            .tryGetAnnotationOfType(Covers.class)
            .ifPresent(x -> covered.addAll(List.of(x.value())));
      }
    }
    return covered;
  }

  @Test
  void property_each_hasATest() {
    Set<String> tested = covered();
    tested.removeIf(name -> name.contains(":"));
    tested.addAll(SubscriptionPropertiesTest.properties());
    assertEquals(new TreeSet<>(Metadata.properties().keySet()), tested);
  }

  @Test
  void condition_each_hasATest() throws IOException {
    Set<String> tested = covered();
    tested.removeIf(name -> !name.contains(":"));
    assertEquals(conditions(), tested);
  }

  private static Set<String> conditions() throws IOException {
    Set<String> conditions = new TreeSet<>();
    JavaClasses classes = classes("target/classes");
    for (String name : Files.readAllLines(IMPORTS)) {
      JavaClass configuration = classes.get(name);
      add(conditions, configuration.getSimpleName(), configuration.getAnnotations());
      for (JavaMethod method : configuration.getMethods()) {
        add(
            conditions,
            configuration.getSimpleName() + "." + method.getName(),
            method.getAnnotations());
      }
    }
    return conditions;
  }

  private static void add(
      Set<String> conditions, String place, Set<? extends JavaAnnotation<?>> annotations) {
    annotations.stream()
        .map(annotation -> annotation.getRawType().getSimpleName())
        .filter(type -> type.startsWith("Conditional"))
        .forEach(type -> conditions.add(place + ":" + type));
  }
}
