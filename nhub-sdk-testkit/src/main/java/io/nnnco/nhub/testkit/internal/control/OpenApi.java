package io.nnnco.nhub.testkit.internal.control;

import static io.nnnco.nhub.testkit.internal.control.json.RecordSchema.ordered;

import io.nnnco.nhub.testkit.internal.control.http.Parameter;
import io.nnnco.nhub.testkit.internal.control.http.Problem;
import io.nnnco.nhub.testkit.internal.control.http.Route;
import io.nnnco.nhub.testkit.internal.control.json.RecordSchema;
import io.nnnco.nhub.testkit.internal.control.json.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The OpenAPI document: the routes and the records, in other words. */
final class OpenApi {
  private static final List<Class<? extends Record>> RECORDS =
      List.of(
          Problem.Details.class,
          FakeRoutes.Status.class,
          FakeRoutes.Time.class,
          FakeRoutes.Advance.class,
          DeviceMessage.class,
          RawMessage.class,
          MessageRoutes.Published.class,
          SessionRoutes.SessionSummary.class,
          SessionRoutes.SessionDetails.class,
          SessionRoutes.Disconnect.class,
          SessionRoutes.Ended.class,
          JournalRoutes.JournalSummary.class,
          FaultRoutes.FaultDescription.class,
          FaultRoutes.InjectedFault.class,
          CredentialRoutes.KeySummary.class,
          CredentialRoutes.KeyWithToken.class,
          CredentialRoutes.Password.class,
          CredentialRoutes.Owner.class,
          CredentialRoutes.CertificateSummary.class,
          CredentialRoutes.NewIdentity.class,
          CredentialRoutes.IssuedIdentity.class,
          SimulatorRoutes.RunningSimulator.class,
          SimulatorRoutes.NewRate.class,
          SimulatorRoutes.PhenomenonDescription.class,
          NewSimulator.class);

  private OpenApi() {}

  /** The document of some routes, at this address. */
  static Map<String, Object> document(String address, List<Route> routes) {
    Map<String, Object> paths = ordered();
    for (Route route : routes) {
      String path = route.path().isEmpty() ? "/" : route.path();
      @SuppressWarnings("unchecked")
      Map<String, Object> operations =
          (Map<String, Object>) paths.computeIfAbsent(path, key -> ordered());
      operations.put(route.method().toLowerCase(Locale.ROOT), operation(route));
    }
    return ordered(
        "openapi",
        "3.1.0",
        "info",
        ordered(
            "title", "Control API of a fake N-Hub",
            "version", "1",
            "description", "What FakeNHub does in Java, for other languages, in the same words."),
        "servers",
        List.of(ordered("url", address)),
        "security",
        List.of(ordered("token", List.of())),
        "paths",
        paths,
        "components",
        ordered(
            "securitySchemes",
            ordered("token", ordered("type", "http", "scheme", "bearer")),
            "schemas",
            schemas()));
  }

  private static Map<String, Object> operation(Route route) {
    Map<String, Object> operation =
        ordered("operationId", route.name(), "summary", route.summary());
    List<Object> parameters = parameters(route);
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    if (route.body() != null) {
      operation.put("requestBody", ordered("required", true, "content", json(route.body())));
    }
    operation.put("responses", responses(route));
    if (route.open()) {
      operation.put("security", List.of());
    }
    return operation;
  }

  private static List<Object> parameters(Route route) {
    List<Object> parameters = new ArrayList<>();
    for (String variable : route.variables()) {
      parameters.add(
          ordered(
              "name",
              variable,
              "in",
              "path",
              "required",
              true,
              "schema",
              ordered("type", "string")));
    }
    for (Parameter parameter : route.query()) {
      parameters.add(
          ordered(
              "name",
              parameter.name(),
              "in",
              "query",
              "description",
              parameter.description(),
              "schema",
              parameter.schema()));
    }
    return parameters;
  }

  private static Map<String, Object> responses(Route route) {
    Map<String, Object> good =
        ordered("description", route.status() == 204 ? "Done." : "As asked.");
    Map<String, Object> answer = route.answer();
    if (answer != null) {
      good.put("content", ordered(route.type(), ordered("schema", answer)));
    }
    return ordered(
        String.valueOf(route.status()),
        good,
        "default",
        ordered(
            "description",
            "A problem, with what to do.",
            "content",
            ordered(
                "application/problem+json",
                ordered("schema", Schemas.ref(Problem.Details.class)))));
  }

  private static Map<String, Object> json(Map<String, Object> schema) {
    return ordered("application/json", ordered("schema", schema));
  }

  private static Map<String, Object> schemas() {
    Map<String, Object> schemas = ordered();
    Stream.concat(RECORDS.stream(), Stream.of(JournalName.values()).map(JournalName::type))
        .forEach(type -> schemas.put(type.getSimpleName(), RecordSchema.of(type)));
    List<FaultType> faults = FaultType.all();
    schemas.put("Injection", injection(faults));
    for (FaultType fault : faults) {
      Map<String, Object> schema = ordered("description", fault.description());
      schema.putAll(fault.schema());
      schemas.put(fault.name(), schema);
    }
    return schemas;
  }

  /** Any fault, each with its own parameters. */
  private static Map<String, Object> injection(List<FaultType> faults) {
    List<Object> each = new ArrayList<>();
    for (FaultType fault : faults) {
      each.add(
          ordered(
              "properties",
              ordered(
                  "name",
                  ordered("const", fault.name()),
                  "parameters",
                  ordered("$ref", Schemas.PLACE + fault.name()))));
    }
    Map<String, Object> schema = RecordSchema.of(Injection.class);
    schema.put("oneOf", each);
    return schema;
  }
}
