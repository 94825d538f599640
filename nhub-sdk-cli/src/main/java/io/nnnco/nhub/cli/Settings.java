package io.nnnco.nhub.cli;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The settings from several sources. The first source that has a setting decides. */
final class Settings {
  private final List<Source> sources;

  /**
   * The settings from one source.
   *
   * @param naming what a setting is called there, for messages
   * @param values the settings; none is blank
   * @param unasked whether the user did not name this source for this call: it was just there
   */
  record Source(Function<Setting, String> naming, Map<Setting, String> values, boolean unasked) {}

  /** A setting and where it comes from. */
  record Value(Setting setting, String text, Source source) {
    /** As its author knows it, such as {@code NHUB_MQTT}. */
    String name() {
      return source.naming().apply(setting);
    }

    CommandFailure mistake(String problem) {
      return CommandFailure.mistake(name() + ": " + problem);
    }

    @Override
    public String toString() {
      return name() + (setting.secret() ? "" : "=" + text);
    }
  }

  /** Settings from these sources, the strongest first. */
  Settings(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  static Source options(Map<Setting, String> values) {
    return new Source(Setting::option, values, false);
  }

  static Source variables(Map<String, String> environment) {
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String text = environment.get(setting.variable());
      if (text != null && !text.isBlank()) {
        values.put(setting, text.strip());
      }
    }
    return new Source(Setting::variable, values, false);
  }

  /**
   * The value of the strongest source that has any of these settings; within that source, the first
   * of them.
   */
  Optional<Value> find(Setting... anyOf) {
    for (Source source : sources) {
      for (Setting setting : anyOf) {
        String text = source.values().get(setting);
        if (text != null) {
          return Optional.of(new Value(setting, text, source));
        }
      }
    }
    return Optional.empty();
  }

  Value require(Setting setting) {
    return find(setting).orElseThrow(setting::missing);
  }
}
