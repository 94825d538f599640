package io.nnnco.nhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Configuration;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.SettingDescriptor;
import jdk.jfr.Timespan;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;

/** docs/flight-recorder.md and the profile name the events that there are. */
class FlightRecorderDocumentTest {
  private static final Path PAGE = Path.of("../docs/flight-recorder.md");
  private static final Path PROFILE = Path.of("../docs/operations/nhub.jfc");
  private static final String PREFIX = "io.nnnco.nhub.";

  /** Those of the JDK, which each event has. */
  private static final Set<String> OF_ALL =
      Set.of("startTime", "duration", "eventThread", "stackTrace");

  private static final Map<String, EventType> EVENTS = events();

  private static Map<String, EventType> events() {
    Map<String, EventType> events = new TreeMap<>();
    for (Path sources :
        List.of(Path.of("src/main/java"), Path.of("../nhub-sdk-core/src/main/java"))) {
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(each -> each.toString().endsWith("Event.java")).toList()) {
          Class<?> type = Class.forName(className(sources.relativize(file)));
          if (Event.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
            EventType event = EventType.getEventType(type.asSubclass(Event.class));
            events.put(event.getName(), event);
          }
        }
      } catch (IOException | ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
    return events;
  }

  private static String className(Path source) {
    return source
        .toString()
        .replace(".java", "")
        .replace(source.getFileSystem().getSeparator(), ".");
  }

  private static String threshold(EventType event) {
    return event.getSettingDescriptors().stream()
        .filter(setting -> setting.getName().equals("threshold"))
        .map(SettingDescriptor::getDefaultValue)
        .findFirst()
        .orElse("");
  }

  private static String section(EventType event) {
    String fields =
        event.getFields().stream()
            .filter(field -> !OF_ALL.contains(field.getName()))
            .map(FlightRecorderDocumentTest::row)
            .collect(Collectors.joining("\n"));
    String least =
        threshold(event).equals("0 ns") ? "" : " From " + threshold(event) + ", by default.";
    return "### `"
        + event.getName()
        + "`\n\n"
        + event.getDescription()
        + "."
        + least
        + "\n\n| Field | |\n|---|---|\n"
        + fields
        + "\n";
  }

  private static String row(ValueDescriptor field) {
    String what = field.getDescription() == null ? field.getLabel() : field.getDescription();
    return "| `" + field.getName() + "` | " + what + " |";
  }

  @Test
  void everyEvent_isOnThePage_withItsFieldsAndItsThreshold() throws IOException {
    assertEquals(8, EVENTS.size(), EVENTS::toString);
    String page = Files.readString(PAGE);
    assertEquals(
        "",
        EVENTS.values().stream()
            .map(FlightRecorderDocumentTest::section)
            .filter(section -> !page.contains(section))
            .collect(Collectors.joining("\n")));
    long sections = page.lines().filter(line -> line.startsWith("### `" + PREFIX)).count();
    assertEquals(EVENTS.size(), sections);
  }

  @Test
  void everyEvent_hasACategoryAndALabel_andFieldsThatAreNumbersOrTexts() {
    for (EventType event : EVENTS.values()) {
      assertTrue(event.getName().startsWith(PREFIX), event::getName);
      assertEquals(List.of("N-Hub"), event.getCategoryNames());
      for (ValueDescriptor field : event.getFields()) {
        if (OF_ALL.contains(field.getName())) {
          continue;
        }
        assertTrue(field.getLabel() != null, field::getName);
        assertTrue(
            Set.of("int", "long", "boolean", "java.lang.String").contains(field.getTypeName()),
            field::getTypeName);
        if (field.getDescription() != null && field.getDescription().startsWith("The time ")) {
          assertTrue(field.getAnnotation(Timespan.class) != null, field::getName);
        }
      }
    }
  }

  @Test
  void profile_switchesOnExactlyTheEventsThatThereAre() throws IOException, ParseException {
    Map<String, String> settings;
    try (Reader profile = Files.newBufferedReader(PROFILE)) {
      settings = Configuration.create(profile).getSettings();
    }
    Set<String> on = new TreeSet<>();
    settings.forEach(
        (setting, value) -> {
          String event = setting.substring(0, setting.indexOf('#'));
          if (setting.equals(event + "#enabled") && value.equals("true")) {
            on.add(event);
          } else {
            assertEquals(event + "#threshold", setting);
          }
        });
    assertEquals(EVENTS.keySet(), on);
    assertEquals("0 ms", settings.get(PREFIX + "HandlerCall#threshold"));
  }
}
