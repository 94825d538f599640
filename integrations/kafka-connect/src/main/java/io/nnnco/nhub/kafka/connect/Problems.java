package io.nnnco.nhub.kafka.connect;

import java.util.List;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/** The problems of a configuration that is being validated, by field. */
final class Problems {
  private final Config config;

  Problems(Config config) {
    this.config = config;
  }

  boolean none() {
    return config.configValues().stream().allMatch(value -> value.errorMessages().isEmpty());
  }

  void add(String field, String problem) {
    for (ConfigValue value : config.configValues()) {
      if (value.name().equals(field)) {
        value.addErrorMessage(problem);
        return;
      }
    }
    // One of Connect's own fields: the worker adds it to the others.
    config.configValues().add(new ConfigValue(field, null, List.of(), List.of(problem)));
  }

  /** Adds what a check throws. */
  void collect(Runnable check) {
    try {
      check.run();
    } catch (FieldException e) {
      add(e.field(), e.problem());
    } catch (ConfigException e) {
      throw new IllegalStateException("The fields have been checked each by itself", e);
    }
  }
}
