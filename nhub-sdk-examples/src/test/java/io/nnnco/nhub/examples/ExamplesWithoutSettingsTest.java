package io.nnnco.nhub.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.Examples;
import io.nnnco.nhub.docs.Output;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example as a newcomer starts it: nothing is set, so it brings its own fake. */
class ExamplesWithoutSettingsTest {
  static Stream<Class<?>> examples() {
    return Examples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  @Timeout(300)
  void main_withoutSettings_runsOnAFakeOfItsOwnAndEnds(Class<?> example) throws Throwable {
    List<String> lines =
        Output.of(
            () -> example.getMethod("main", String[].class).invoke(null, (Object) new String[0]));

    assertEquals("A fake N-Hub in this process, with simulated devices.", lines.get(0));
    assertTrue(lines.size() > 3, lines::toString);
    assertFalse(lines.toString().contains("Not enough"), lines::toString);
  }
}
