package io.nnnco.nhub.testkit.internal.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.testkit.ApiFault;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Fault;
import io.nnnco.nhub.testkit.Journal;
import java.lang.reflect.Method;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The document says what there is, and all that it says is there. */
final class OpenApiTest {
  private final FakeNHub fake = FakeNHub.builder().leakCheck(false).control().start();
  private final ControlCaller caller = new ControlCaller(fake);
  private final JsonNode document = ControlCaller.json(caller.get("/openapi.json"));

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void document_needsNoToken() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(fake.control().address().resolve("/control/v1/openapi.json"));

    assertEquals(200, caller.send(request).statusCode());
    assertEquals("3.1.0", document.path("openapi").asText());
    assertEquals(fake.control().address().toString(), document.at("/servers/0/url").asText());
  }

  @Test
  void operation_each_isServed() {
    List<String> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(method -> operations.add(method + " " + path.getKey()));
    }
    for (String operation : operations) {
      String[] words = operation.split(" ", -1);
      if (words[1].equals("/events")) {
        continue; // without an end
      }
      String path = words[1].replaceAll("\\{[^}]*}", "nix");
      int status =
          caller
              .send(
                  caller
                      .request(path.equals("/") ? "" : path)
                      .method(words[0].toUpperCase(Locale.ROOT), BodyPublishers.noBody()))
              .statusCode();
      assertTrue(status != 405 && status != 500, operation + ": " + status);
      assertTrue(status != 404 || path.contains("nix"), operation + ": " + status);
    }
    assertTrue(operations.size() >= 30, operations::toString);
  }

  @Test
  void reference_each_leadsToASchema() {
    Set<String> schemas = new HashSet<>();
    document.at("/components/schemas").fieldNames().forEachRemaining(schemas::add);

    for (String reference : document.findValuesAsText("$ref")) {
      assertTrue(schemas.contains(reference.replace("#/components/schemas/", "")), reference);
    }
    Set<String> unused = new TreeSet<>(schemas);
    document
        .findValuesAsText("$ref")
        .forEach(reference -> unused.remove(reference.replace("#/components/schemas/", "")));
    assertEquals(Set.of(), unused);
  }

  @Test
  void operationId_each_isUniqueAndHasASummary() {
    List<String> ids = document.path("paths").findValuesAsText("operationId");

    assertEquals(ids.size(), new HashSet<>(ids).size(), ids::toString);
    document
        .path("paths")
        .findValuesAsText("summary")
        .forEach(summary -> assertTrue(summary.endsWith("."), summary));
  }

  /** Whatever a fault can be, by reflection: a new one without a description fails here. */
  @Test
  void fault_each_isDescribedAndHasItsSchema() {
    Set<String> described = new TreeSet<>();
    for (JsonNode kind : ControlCaller.json(caller.get("/fault-types"))) {
      String name = kind.path("name").asText();
      assertFalse(kind.path("description").asText().isEmpty(), name);
      assertTrue(document.at("/components/schemas").has(name), name);
      described.add(name);
    }

    assertEquals(
        Stream.of(BridgeFault.class, ApiFault.class)
            .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
            .map(OpenApiTest::name)
            .collect(Collectors.toCollection(TreeSet::new)),
        described);
  }

  @Test
  void faultTexts_haveNoDefaultForWhatIsNoParameter() {
    for (FaultType kind : FaultType.all()) {
      Set<String> components =
          Stream.of(kind.type().getRecordComponents())
              .map(java.lang.reflect.RecordComponent::getName)
              .collect(Collectors.toSet());

      assertTrue(
          components.containsAll(FaultTexts.of(kind.type()).defaults().keySet()), kind.name());
    }
    assertTrue(Stream.of(Fault.class.getPermittedSubclasses()).count() == 2, "a new family");
  }

  private static String name(Class<?> fault) {
    return fault.getEnclosingClass().getSimpleName() + "." + fault.getSimpleName();
  }

  /** Whatever returns a journal in Java is a journal here, too, by the same name. */
  @Test
  void journal_each_isServed() {
    Set<String> served = new TreeSet<>();
    ControlCaller.json(caller.get("/journals"))
        .forEach(journal -> served.add(journal.path("name").asText()));
    Set<String> expected =
        Stream.of(FakeNHub.class.getMethods())
            .filter(method -> method.getReturnType() == Journal.class)
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add("messages");
    expected.add("resets");

    assertEquals(expected, served);
  }
}
