package io.nnnco.nhub.testkit.internal.control;

import static io.nnnco.nhub.testkit.internal.control.json.RecordSchema.ordered;

import io.nnnco.nhub.testkit.ApiFault;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.Fault;
import io.nnnco.nhub.testkit.internal.control.json.RecordReader;
import io.nnnco.nhub.testkit.internal.control.json.RecordSchema;
import io.nnnco.nhub.testkit.internal.control.json.RecordWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of fault. There is one for each record that a fault can be, so that none can be forgotten.
 *
 * @param type the record
 */
record FaultType(Class<? extends Fault> type) {
  private static final String REFERENCE = "#/components/schemas/";

  /** Every kind of fault, by name. */
  static List<FaultType> all() {
    return Stream.of(BridgeFault.class, ApiFault.class)
        .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
        .map(type -> new FaultType(type.asSubclass(Fault.class)))
        .sorted(Comparator.comparing(FaultType::name))
        .toList();
  }

  /** The kind with this name. */
  static FaultType named(String name) {
    return all().stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no fault "
                        + name
                        + "; there are: "
                        + all().stream().map(FaultType::name).collect(Collectors.joining(", "))
                        + "."));
  }

  /** The kind of a fault. */
  static FaultType of(Fault fault) {
    return new FaultType(fault.getClass());
  }

  /** Its name in Java, such as {@code BridgeFault.Drop}. */
  String name() {
    return type.getEnclosingClass().getSimpleName() + "." + type.getSimpleName();
  }

  String description() {
    return FaultTexts.of(type).description();
  }

  /** A fault of this kind. */
  Fault read(Map<?, ?> parameters) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(FaultTexts.of(type).defaults());
    parameters.forEach((name, value) -> all.put(String.valueOf(name), value));
    if (type == ApiFault.Only.class && all.get("fault") instanceof Map<?, ?> inner) {
      all.put("fault", inner(inner));
    }
    return RecordReader.read(type, "parameters.", all);
  }

  private static Fault inner(Map<?, ?> fault) {
    Injection injection = RecordReader.read(Injection.class, "parameters.fault.", fault);
    return named(injection.name()).read(injection.given());
  }

  /** The parameters of a fault, as they can be read. */
  static Map<String, @Nullable Object> parameters(Fault fault) {
    Map<String, @Nullable Object> parameters = RecordWriter.fields(fault);
    if (fault instanceof ApiFault.Only only) {
      parameters.put(
          "fault",
          ordered("name", of(only.fault()).name(), "parameters", parameters(only.fault())));
    }
    return parameters;
  }

  /** The schema of its parameters. */
  Map<String, Object> schema() {
    Map<String, Object> schema = RecordSchema.of(type);
    Map<String, Object> properties = ordered();
    ((Map<?, ?>) Objects.requireNonNull(schema.get("properties")))
        .forEach(
            (name, property) -> properties.put(String.valueOf(name), described(name, property)));
    schema.put("properties", properties);
    schema.put(
        "required",
        properties.keySet().stream()
            .filter(name -> !FaultTexts.of(type).defaults().containsKey(name))
            .toList());
    return schema;
  }

  private Map<String, Object> described(Object name, Object property) {
    if (type == ApiFault.Only.class && name.equals("fault")) {
      return ordered("$ref", REFERENCE + "Injection");
    }
    Map<String, Object> more = ordered();
    ((Map<?, ?>) property).forEach((key, value) -> more.put(String.valueOf(key), value));
    Object standard = FaultTexts.of(type).defaults().get(name);
    if (standard != null) {
      more.put("default", standard);
    }
    return more;
  }
}
