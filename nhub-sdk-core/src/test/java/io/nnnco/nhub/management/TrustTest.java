package io.nnnco.nhub.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the management client trusts, and what it says where that is nobody. */
final class TrustTest {
  private static final HeldCertificate ROOT =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("private CA").build();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  /** In a Java runtime of its own, as these settings are read from system properties. */
  public static final class Build {
    private Build() {}

    /** Builds a client, and prints how that went. */
    public static void main(String[] arguments) {
      try (Management management = management("https://localhost/", null)) {
        System.out.println("built " + management.getClass().getSimpleName());
      } catch (NHubException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
  }

  private static Management management(String api, @Nullable OkHttpClient own) {
    ManagementBuilder builder =
        Management.builder(NHubEnvironment.at(URI.create(api), "localhost", 8883))
            .token(Secret.of("token"))
            .retryPolicy(RetryPolicy.none());
    return own == null ? builder.build() : builder.httpClient(own).build();
  }

  private String built(String... properties) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(properties));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Build.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }

  private Path trustStore() throws Exception {
    Path file = folder.resolve("trust.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", ROOT.certificate());
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "trust.p12, Password=wrong,    password was incorrect",
    "none.p12,  Password=changeit, does not exist",
    "trust.p12, Type=NOSUCH,       NOSUCH not found",
    "trust.p12, Provider=NOSUCH,   no such provider"
  })
  void build_trustStoreThatCannotBeUsed_isATypedError(String file, String setting, String reason)
      throws Exception {
    trustStore();
    String said =
        built(
            "-Djavax.net.ssl.trustStore=" + folder.resolve(file),
            "-Djavax.net.ssl.trustStore" + setting);
    assertTrue(said.startsWith("UnusableTrustStoreException NHUB-API-015: The trust store"), said);
    assertTrue(said.contains(reason), said);
    assertTrue(said.contains("Correct -Djavax.net.ssl.trustStore"), said);
  }

  @Test
  void build_trustStoreWithItsPassword_isUsed() throws Exception {
    assertEquals(
        "built Management",
        built(
                "-Djavax.net.ssl.trustStore=" + trustStore(),
                "-Djavax.net.ssl.trustStorePassword=changeit")
            .strip());
  }

  private static String refused(HeldCertificate server, @Nullable OkHttpClient own)
      throws IOException {
    try (MockWebServer api = new MockWebServer()) {
      api.useHttps(
          new HandshakeCertificates.Builder().heldCertificate(server).build().sslSocketFactory());
      api.enqueue(new MockResponse.Builder().body("[]").build());
      api.start();
      try (Management management = management("https://localhost:" + api.getPort() + "/", own)) {
        ApiConnectionException error =
            assertThrows(ApiConnectionException.class, () -> management.certificates().listPage(1));
        assertEquals(CallPhase.TLS, error.phase());
        return String.valueOf(error.getMessage());
      }
    }
  }

  private static OkHttpClient trustingRoot() {
    HandshakeCertificates trust =
        new HandshakeCertificates.Builder().addTrustedCertificate(ROOT.certificate()).build();
    return new OkHttpClient.Builder()
        .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
        .build();
  }

  private static HeldCertificate.Builder server(String name) {
    return new HeldCertificate.Builder().signedBy(ROOT).addSubjectAlternativeName(name);
  }

  @Test
  void call_serverOfAnUnknownCa_saysWhoseTrustIsMissing() throws Exception {
    String text = refused(server("localhost").build(), null);
    assertTrue(text.contains("comes from no CA that this Java runtime trusts"), text);
    assertTrue(text.endsWith("that trusts it with httpClient(...)."), text);
  }

  @Test
  void call_serverOfAnotherName_saysSo() throws Exception {
    String text = refused(server("example.com").build(), trustingRoot());
    assertTrue(text.contains("is made out for another name"), text);
  }

  @Test
  void call_serverThatIsOutOfDate_saysSo() throws Exception {
    long past = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    String text =
        refused(server("localhost").validityInterval(past, past + 1).build(), trustingRoot());
    assertTrue(text.contains("is out of date"), text);
  }

  @Test
  void call_dotAtTheEndOfTheHost_isLeftOut() {
    List<String> hosts = new ArrayList<>();
    OkHttpClient own =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  hosts.add(chain.request().url().host());
                  return new Response.Builder()
                      .request(chain.request())
                      .protocol(Protocol.HTTP_1_1)
                      .code(200)
                      .message("OK")
                      .body(ResponseBody.create("[]", null))
                      .build();
                })
            .build();
    try (Management management = management("https://api.example.com./manage/", own)) {
      management.certificates().listPage(1);
    }
    assertEquals(List.of("api.example.com"), hosts);
  }
}
