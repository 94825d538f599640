package io.nnnco.nhub.testkit.internal.control.json;

import static io.nnnco.nhub.testkit.internal.control.json.RecordSchema.ordered;

import java.util.Map;

/** References to the schemas of records, which stand once in the document. */
public final class Schemas {
  /** Where the document has them. */
  public static final String PLACE = "#/components/schemas/";

  private Schemas() {}

  /** One of these. */
  public static Map<String, Object> ref(Class<? extends Record> type) {
    return ordered("$ref", PLACE + type.getSimpleName());
  }

  /** Any number of these. */
  public static Map<String, Object> list(Class<? extends Record> type) {
    return ordered("type", "array", "items", ref(type));
  }
}
