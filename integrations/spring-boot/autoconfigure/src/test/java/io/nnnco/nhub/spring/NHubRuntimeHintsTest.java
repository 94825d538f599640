package io.nnnco.nhub.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.ExecutableHint;
import org.springframework.aot.hint.ResourceBundleHint;
import org.springframework.aot.hint.ResourcePatternHint;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeHint;

/** The names in the hints are texts, which no compiler checks. */
class NHubRuntimeHintsTest {
  private static final ClassLoader LOADER = NHubRuntimeHintsTest.class.getClassLoader();

  private static RuntimeHints hints() {
    RuntimeHints hints = new RuntimeHints();
    new NHubRuntimeHints().registerHints(hints, LOADER);
    return hints;
  }

  @Test
  void types_each_existWithTheirMethods() {
    List<String> missing = new ArrayList<>();
    List<TypeHint> types = hints().reflection().typeHints().toList();
    for (TypeHint type : types) {
      String name = type.getType().getName();
      if (Runtime.version().feature() < 21 && name.startsWith("java.lang.Thread")) {
        continue;
      }
      try {
        Class<?> found = Class.forName(name, false, LOADER);
        type.methods()
            .filter(
                method ->
                    Stream.of(found.getMethods())
                        .noneMatch(each -> same(method, each.getName(), each.getParameterTypes())))
            .forEach(method -> missing.add(name + "." + method.getName()));
      } catch (ClassNotFoundException e) {
        missing.add(name);
      }
    }
    assertTrue(types.size() > 6);
    assertEquals(List.of(), missing);
  }

  private static boolean same(ExecutableHint hint, String name, Class<?>[] parameters) {
    return hint.getName().equals(name)
        && hint.getParameterTypes().stream()
            .map(type -> type.getName())
            .toList()
            .equals(Stream.of(parameters).map(Class::getName).toList());
  }

  @Test
  void resources_each_exist() {
    List<String> files =
        hints()
            .resources()
            .resourcePatternHints()
            .flatMap(pattern -> pattern.getIncludes().stream())
            .map(ResourcePatternHint::getPattern)
            // The rest are the directories above the files.
            .filter(pattern -> pattern.contains("."))
            .toList();
    assertTrue(files.size() > 1);
    assertEquals(
        List.of(), files.stream().filter(file -> LOADER.getResource(file) == null).toList());
  }

  @Test
  void bundles_each_exist() throws MissingResourceException {
    List<String> bundles =
        hints().resources().resourceBundleHints().map(ResourceBundleHint::getBaseName).toList();
    assertEquals(2, bundles.size());
    bundles.forEach(ResourceBundle::getBundle);
  }
}
