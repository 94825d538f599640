package io.nnnco.nhub.kafka.connect;

import org.apache.kafka.common.config.ConfigException;

/** A value of the configuration that cannot be used, and the field to which to report it. */
final class FieldException extends ConfigException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String problem;

  /**
   * A problem of a field.
   *
   * @param field the name of the field
   * @param problem what is wrong, and what to do, as sentences, without secrets
   */
  FieldException(String field, String problem) {
    super(field + ": " + problem);
    this.field = field;
    this.problem = problem;
  }

  String field() {
    return field;
  }

  /** The message without the name of the field. */
  String problem() {
    return problem;
  }
}
