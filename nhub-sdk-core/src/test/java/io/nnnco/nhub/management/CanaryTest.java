package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.JsonValue.JsonString;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.TestPki;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promise 8: token, private key and PEM are planted everywhere the platform can put them, and no
 * piece of them of 8 or more characters is found in a log at TRACE, an error, a {@code toString} or
 * a file other than the key file.
 */
final class CanaryTest {
  private static final int FRAGMENT = 8;
  private static final String TOKEN = "cAnArY-tOkEn.q8Zr2Lw9XbV5nM1k";
  private static final String ONE_TIME_TOKEN = "oNe-TiMe_4gT7yH0jK3sD6fP";

  private final TestPki.Held ca = TestPki.ca("platform");
  private final TestPki.Held held = ca.signClient("client");
  private final MockApi api = new MockApi();
  private final Management management =
      api.builder()
          .token(Secret.of(TOKEN))
          .retryPolicy(RetryPolicy.ofDefaults().withMaxAttempts(2))
          .build();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream console = System.err;
  private final Logger okHttpLog = Logger.getLogger("okhttp3");
  private final Handler okHttpHandler = new LogToError();

  /** What OkHttp logs by java.util.logging, with the rest. */
  private static final class LogToError extends Handler {
    @Override
    public void publish(LogRecord record) {
      System.err.println(record.getLoggerName() + " " + record.getMessage());
    }

    @Override
    public void flush() {
      System.err.flush();
    }

    @Override
    public void close() {
      flush();
    }
  }

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    okHttpHandler.setLevel(Level.ALL);
    okHttpLog.setLevel(Level.ALL);
    okHttpLog.addHandler(okHttpHandler);
  }

  @AfterEach
  void close() {
    okHttpLog.removeHandler(okHttpHandler);
    okHttpLog.setLevel(null);
    System.setErr(console);
    management.close();
    api.close();
  }

  private String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  private static String base64(String pem) {
    return pem.replaceAll("-----[^-]*-----", "").strip();
  }

  /**
   * Every line of the secrets; what is public in the key, being in the certificate, is left out.
   */
  private Set<String> fragments() {
    Set<String> fragments = new LinkedHashSet<>();
    Stream.of(TOKEN, ONE_TIME_TOKEN, base64(held.keyPem()), base64(held.certificatePem()))
        .flatMap(String::lines)
        .forEach(
            line -> {
              for (int i = 0; i + FRAGMENT <= line.length(); i++) {
                fragments.add(line.substring(i, i + FRAGMENT));
              }
            });
    return fragments;
  }

  private void assertClean(String where, String text) {
    for (String fragment : fragments()) {
      assertTrue(!text.contains(fragment), () -> fragment + " is in " + where + ": " + text);
    }
  }

  private static String trace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\n", "\\n").replace("\r", "\\r") + "\"";
  }

  private String certificateJson() {
    return "{\"id\": \"c-1\", \"name\": \"P\", \"certificate_pem\": %s, \"private_key_pem\": %s,"
            .formatted(quoted(held.certificatePem()), quoted(held.keyPem()))
        + " \"ca_certificate_pem\": %s, \"fingerprint\": \"a1\", \"pkcs8\": %s,"
            .formatted(quoted(ca.certificatePem()), quoted(base64(held.keyPem())))
        + " \"expires_at\": \"2027-03-17T00:00:00Z\"}";
  }

  @Test
  void log_atTrace_isHeardHere() {
    api.json(200, "[]");
    management.certificates().listPage(1);

    assertTrue(logged().contains("/api/v4/manage/mqtt-certificates/?page=1 → 200"), logged());
    assertTrue(logged().contains("okhttp3"), logged());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 429, 500, 502, 503})
  void error_platformEchoesSecrets_showsNone(int status) {
    String echo =
        "{\"detail\": \"Bad token %s\", \"token\": [\"%s…\"], \"%s\": [\"x\"], \"k\": [%s, %s]}"
            .formatted(
                TOKEN,
                TOKEN.substring(3, 20),
                TOKEN,
                quoted(held.keyPem()),
                quoted("key: " + base64(held.keyPem()).lines().findFirst().orElseThrow()));
    for (int i = 0; i < 3; i++) {
      api.enqueue(
          MockApi.answer(status, echo)
              .setHeader("X-Request-Id", "r " + TOKEN)
              .setHeader("Content-Type", "text/plain; token=" + TOKEN));
    }

    ManagementException e =
        assertThrows(ManagementException.class, () -> management.certificates().issue("P", "k"));

    assertClean("the error", trace(e));
    if (e instanceof InvalidRequestException invalid) {
      assertClean("its fields", invalid.fieldErrors().toString());
    }
    assertClean("the log", logged());
  }

  @Test
  void error_responseWithKeyCutOrDamagedAnywhere_showsNone() {
    String whole = certificateJson();
    List<String> damaged = new ArrayList<>();
    for (int cut = 0; cut < whole.length(); cut += 37) {
      damaged.add(whole.substring(0, cut));
      damaged.add(whole.substring(cut));
      damaged.add(whole.substring(0, cut) + "\u0001" + whole.substring(cut));
    }
    for (String body : damaged) {
      api.enqueue(MockApi.answer(201, body).setHeader("Content-Type", "x/" + TOKEN));
      try {
        management.certificates().issue("P", "k");
      } catch (ManagementException e) {
        assertClean("the error", trace(e));
      }
    }
    assertClean("the log", logged());
  }

  @Test
  void error_brokenHttpWithSecretsInIt_showsNone() {
    String key = base64(held.keyPem()).lines().findFirst().orElseThrow();
    List<MockResponse.Builder> answers =
        List.of(
            new MockResponse.Builder().status(key),
            new MockResponse.Builder().status("HTTP/1.1 " + TOKEN),
            MockApi.answer(302, "").setHeader("Location", "http://evil.example/?" + TOKEN),
            MockApi.answer(201, "").setHeader("Content-Encoding", "gzip").body(key),
            MockApi.answer(201, key)
                .removeHeader("Content-Length")
                .setHeader("Transfer-Encoding", "chunked"),
            MockApi.answer(201, certificateJson())
                .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE));
    for (MockResponse.Builder answer : answers) {
      api.enqueue(answer);
      ManagementException e =
          assertThrows(ManagementException.class, () -> management.certificates().issue("P", "k"));
      assertClean("the error", trace(e));
    }
    assertClean("the log", logged());
  }

  @Test
  void error_nextLinkWithTheToken_showsNone() {
    api.json(200, "{\"results\": [], \"next\": \"/x/?page=2&t=" + TOKEN + "\"}").json(403, "{}");

    ManagementException e =
        assertThrows(ManagementException.class, () -> management.certificates().list().toList());

    assertClean("the error", trace(e));
    assertClean("the log", logged());
  }

  @Test
  void toString_everythingThatHoldsASecret_showsNone() {
    api.json(
        201,
        "{\"id\": \"7d0a\", \"token\": \"%s\", \"password\": \"%s\"}"
            .formatted(ONE_TIME_TOKEN, TOKEN));
    api.json(201, certificateJson());
    api.json(200, "[{\"id\": \"c-1\", \"pem\": %s}]".formatted(quoted(held.certificatePem())));
    ApiKeySpec spec = ApiKeySpec.of("svc").withField("password", new JsonString(ONE_TIME_TOKEN));
    ApiKey key = management.apiKeys().create(spec);
    IssuedCertificate issued = management.certificates().issue("P", "k");

    CertificatePage page = management.certificates().listPage(1);

    assertEquals(Secret.of(ONE_TIME_TOKEN), key.token());
    assertEquals(held.keyPem(), issued.privateKeyPem());
    for (Object object :
        List.of(spec, key, issued, issued.identity(), page, management, api.builder())) {
      assertClean("toString", object.toString());
    }
    assertClean("the log", logged());
  }

  @Test
  void files_afterALostResponseAndItsRecovery_holdNoSecretButTheKeyFile(@TempDir Path directory)
      throws IOException {
    try (LossyPlatform platform = new LossyPlatform();
        Management lossy =
            Management.builder(platform.environment()).token(Secret.of(TOKEN)).build()) {
      platform.cutNextIssueAfter(1_000);
      UnfinishedIssueException e =
          assertThrows(
              UnfinishedIssueException.class,
              () -> lossy.certificates().issueTo(directory, CertificateSpec.of("Production", "k")));
      assertClean("the error", trace(e));
      assertFilesClean(directory);

      lossy.certificates().recover(directory);

      assertFilesClean(directory);
      assertClean("the log", logged());
    }
  }

  private void assertFilesClean(Path directory) throws IOException {
    String key = keyFileOf(directory);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.equals("client.key")) {
          continue;
        }
        String text = Files.readString(file);
        assertTrue(!text.contains(TOKEN.substring(0, FRAGMENT)), name);
        assertTrue(!text.contains("PRIVATE KEY"), name);
        assertTrue(key.isEmpty() || !text.contains(key), name);
      }
    }
  }

  /** The line of the key file with the private number in it; the lines after it are public. */
  private static String keyFileOf(Path directory) throws IOException {
    Path file = directory.resolve("client.key");
    return Files.exists(file) ? Files.readAllLines(file).get(1).substring(40) : "";
  }
}
