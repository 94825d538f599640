package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.testkit.Curl.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests, and what Django REST Framework's rules make of them. */
final class DjangoTest {
  private static final Path REQUESTS = Path.of("src/test/resources/django/requests.txt");

  private final FakeNHub fake = FakeNHub.start();
  private final Curl curl = Curl.as(fake, fake.adminToken());

  @AfterEach
  void stop() {
    fake.close();
  }

  /**
   * A request and its response.
   *
   * @param expected the errors of a 400, which are all that it has; else what the body has among
   *     other fields
   */
  record Exchange(
      String method, String path, String type, String body, int status, String expected) {}

  static Stream<Exchange> requests() throws IOException {
    return Files.readAllLines(REQUESTS).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" \\| ", -1))
        .map(c -> new Exchange(c[0], c[1], c[2], c[3], Integer.parseInt(c[4]), c[5]));
  }

  @ParameterizedTest
  @MethodSource("requests")
  @Tag("R2")
  void request_asInTheTable_hasItsResponse(Exchange exchange) throws IOException {
    curl.createKey("taken");
    String key = curl.createKey("owner");
    String certificate = curl.issue(key).text("id");

    Response response =
        curl.send(
            exchange.method(),
            filled(exchange.path(), key, certificate),
            filled(exchange.body(), key, certificate),
            exchange.type());

    assertEquals(exchange.status(), response.status(), response::toString);
    JsonNode expected = new ObjectMapper().readTree(filled(exchange.expected(), key, certificate));
    if (exchange.status() == 400 && !expected.has("detail")) {
      assertEquals(expected, response.json());
    } else {
      assertHas(expected, response.json());
    }
  }

  private static void assertHas(JsonNode expected, JsonNode actual) {
    expected
        .properties()
        .forEach(
            field -> {
              JsonNode value = actual.path(field.getKey());
              assertTrue(
                  value.equals(field.getValue())
                      || value.asText().startsWith(field.getValue().asText("-")),
                  () -> field + " is not in " + actual);
            });
  }

  private static String filled(String text, String key, String certificate) {
    return text.replace("UPPERCERT", certificate.toUpperCase(Locale.ROOT))
        .replace("CERT", certificate)
        .replace("UPPER", key.toUpperCase(Locale.ROOT))
        .replace("BARE", key.replace("-", ""))
        .replace("KEY", key);
  }
}
