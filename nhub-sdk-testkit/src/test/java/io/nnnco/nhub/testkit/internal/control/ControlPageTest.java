package io.nnnco.nhub.testkit.internal.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.internal.control.page.FakePage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the files of the page are served; {@code FakePageTest} looks at it in a browser. */
final class ControlPageTest {
  private static final Path FOLDER =
      Path.of("src/main/resources", FakePage.class.getPackageName().replace('.', '/'));

  private final FakeNHub fake = FakeNHub.builder().control().start();
  private final ControlCaller caller = new ControlCaller(fake);

  @AfterEach
  void stop() {
    fake.close();
  }

  /** A request without the token. */
  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(fake.control().page().resolve(path));
  }

  @Test
  void page_hasTheTokenInItsFragmentOnly() {
    URI page = fake.control().page();

    assertEquals("token=" + fake.control().token().reveal(), page.getFragment());
    assertEquals("/", page.getPath());
    assertEquals(fake.control().address().getAuthority(), page.getAuthority());
    assertEquals(
        "http://h:1/#token=a%20b%2523",
        FakePage.address(URI.create("http://h:1/control/v1"), Secret.of("a b%23")).toString());
  }

  @Test
  void files_areThoseOfTheFolder() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertEquals(
          files
              .map(file -> "/page/" + file.getFileName())
              .map(path -> path.equals("/page/index.html") ? "/" : path)
              .collect(Collectors.toCollection(TreeSet::new)),
          new TreeSet<>(FakePage.files().keySet()));
    }
  }

  @Test
  void files_eachRefersToFilesThatThereAre_andToNothingElsewhere() {
    FakePage.files()
        .forEach(
            (path, file) -> {
              Pattern.compile("from '\\./([^']+)'|(?:href|src)=\"/page/([^\"]+)\"")
                  .matcher(file.text())
                  .results()
                  .map(
                      match ->
                          "/page/" + (match.group(1) == null ? match.group(2) : match.group(1)))
                  .forEach(used -> assertTrue(FakePage.files().containsKey(used), path + used));
              String text = file.text().replace("http://www.w3.org/2000/svg", "");
              assertFalse(text.contains("//www") || text.contains("https:"), path);
              assertFalse(text.contains("innerHTML") || text.contains("console."), path);
            });
  }

  @Test
  void file_isServedWithoutToken_withTypeLengthTagAndPolicy() {
    HttpResponse<String> response = caller.send(request("/"));

    assertEquals(200, response.statusCode());
    assertEquals("text/html; charset=utf-8", header(response, "Content-Type"));
    int length = response.body().getBytes(StandardCharsets.UTF_8).length;
    assertEquals(String.valueOf(length), header(response, "Content-Length"));
    assertEquals("nosniff", header(response, "X-Content-Type-Options"));
    assertEquals("no-referrer", header(response, "Referrer-Policy"));
    String policy = header(response, "Content-Security-Policy");
    assertTrue(policy.contains("default-src 'none'; script-src 'self'; style-src 'self'"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertFalse(policy.contains("unsafe"), policy);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void file_thatTheBrowserHas_isNotSentAgain() {
    String tag = header(caller.send(request("/page/main.js")), "ETag");

    HttpResponse<String> again =
        caller.send(request("/page/main.js").header("If-None-Match", "W/\"other\", " + tag));
    HttpResponse<String> other =
        caller.send(request("/page/main.js").header("If-None-Match", "\"other\""));

    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
    assertEquals(tag, header(again, "ETag"));
    assertEquals(200, other.statusCode());
  }

  @Test
  void head_hasTheHeadersAndNoBody() {
    HttpResponse<String> whole = caller.send(request("/page/layout.css"));

    HttpResponse<String> head =
        caller.send(request("/page/layout.css").method("HEAD", BodyPublishers.noBody()));

    assertEquals(200, head.statusCode());
    assertEquals("text/css; charset=utf-8", header(head, "Content-Type"));
    assertEquals(header(whole, "Content-Length"), header(head, "Content-Length"));
    assertEquals("", head.body());
  }

  @Test
  void post_ofAFile_isNotAllowed() {
    HttpResponse<String> response =
        caller.send(request("/").POST(BodyPublishers.ofString("token=x")));

    assertEquals("GET, HEAD", header(response, "Allow"));
    assertEquals("/ has no POST, only GET, HEAD.", ControlCaller.problem(405, response));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/",
        "/page/index.html",
        "/page/FakePage.class",
        "/page/../page/main.js",
        "/page/%2e%2e/FakePage.class",
        "/page//main.js",
        "/favicon.ico"
      })
  void path_ofNoFile_needsTheTokenLikeAnyOther(String path) {
    ControlCaller.problem(401, caller.send(request(path)));
  }
}
