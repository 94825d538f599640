package io.nnnco.nhub.kafka.connect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Defines the fields of one group, in the order in which a form shows them. */
final class FieldGroup {
  /** What is in order as soon as its type is. */
  static final ConfigDef.Validator ANY = (name, value) -> {};

  private final ConfigDef definition;
  private final String name;
  private int order;

  FieldGroup(ConfigDef definition, String name) {
    this.definition = definition;
    this.name = name;
  }

  FieldGroup text(String field, Importance importance, String label, String documentation) {
    return text(field, null, ANY, importance, label, documentation);
  }

  FieldGroup text(
      String field,
      @Nullable String byDefault,
      ConfigDef.Validator validator,
      Importance importance,
      String label,
      String documentation) {
    return add(
        field, ConfigDef.Type.STRING, byDefault, validator, importance, label, documentation, null);
  }

  FieldGroup secret(String field, Importance importance, String label, String documentation) {
    return add(field, ConfigDef.Type.PASSWORD, null, ANY, importance, label, documentation, null);
  }

  /** One of some words, in any case. */
  FieldGroup choice(
      String field,
      List<String> words,
      String byDefault,
      Importance importance,
      String label,
      String documentation) {
    ConfigDef.Validator validator =
        checked(
            word -> {
              if (!words.contains(word.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("It is " + String.join(" or ", words) + ".");
              }
            });
    return add(
        field,
        ConfigDef.Type.STRING,
        byDefault,
        validator,
        importance,
        label,
        documentation,
        new Words(words));
  }

  FieldGroup add(
      String field,
      ConfigDef.Type type,
      @Nullable Object byDefault,
      ConfigDef.Validator validator,
      Importance importance,
      String label,
      String documentation,
      ConfigDef.@Nullable Recommender recommender) {
    definition.define(
        field,
        type,
        byDefault,
        validator,
        importance,
        documentation,
        name,
        ++order,
        type == ConfigDef.Type.INT || type == ConfigDef.Type.LONG ? Width.SHORT : Width.LONG,
        label,
        List.of(),
        recommender);
    return this;
  }

  /** Passes a text, if there is one, to something that throws if it is not well formed. */
  static ConfigDef.Validator checked(Consumer<String> check) {
    return (name, value) -> {
      if (value instanceof String text && !text.isBlank()) {
        try {
          check.accept(text.strip());
        } catch (IllegalArgumentException e) {
          throw new ConfigException(name, value, e.getMessage());
        }
      }
    };
  }

  /** Passes each text of a list to something that throws if it is not well formed. */
  static ConfigDef.Validator eachChecked(Consumer<String> check) {
    return (name, value) -> {
      if (value instanceof List<?> list) {
        for (Object element : list) {
          try {
            check.accept(String.valueOf(element));
          } catch (IllegalArgumentException e) {
            throw new ConfigException(name, element, e.getMessage());
          }
        }
      }
    };
  }

  /** Offers some words in a form. */
  record Words(List<String> words) implements ConfigDef.Recommender {
    @Override
    public List<Object> validValues(String field, Map<String, Object> values) {
      return List.copyOf(words);
    }

    @Override
    public boolean visible(String field, Map<String, Object> values) {
      return true;
    }
  }

  /** The names of constants as a configuration writes them. */
  static <E extends Enum<E>> List<String> words(E[] constants) {
    return Stream.of(constants)
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableList());
  }
}
