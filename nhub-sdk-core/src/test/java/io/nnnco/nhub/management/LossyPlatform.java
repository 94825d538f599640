package io.nnnco.nhub.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.TestPki;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The certificates of rules R4 to R9 on a plain socket, so that an answer can be cut after any of
 * its bytes. What was asked for is done all the same.
 */
final class LossyPlatform implements AutoCloseable {
  private static final String HEAD =
      String.join(
          "\r\n",
          "HTTP/1.1 %d Status",
          "Content-Type: application/json",
          "X-Request-Id: req-1",
          "Content-Length: %d",
          "Connection: close",
          "",
          "");

  /** How the platform writes the entries of its list (not documented: R8 in docs/bridge.md). */
  enum ListStyle {
    FULL,
    WITHOUT_FINGERPRINTS,
    NAMES_ONLY
  }

  /** A certificate as the platform has it. */
  static final class Entry {
    final String id;
    final String name;
    final String apiKeyId;
    final ClientIdentity identity;
    final Instant createdAt;
    boolean revoked;
    int hiddenForLists;

    Entry(String id, String name, String apiKeyId, ClientIdentity identity, Instant createdAt) {
      this.id = id;
      this.name = name;
      this.apiKeyId = apiKeyId;
      this.identity = identity;
      this.createdAt = createdAt;
    }
  }

  private final ServerSocket socket;
  private final Thread thread;
  private final JsonMapper mapper = new JsonMapper();
  private final TestPki.Held ca = TestPki.ca("platform");
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Deque<Integer> cuts = new ArrayDeque<>();
  private final Deque<Integer> refusals = new ArrayDeque<>();
  private Runnable whileIssuing = () -> {};
  private ListStyle style = ListStyle.FULL;
  private int hideNewFor;
  private boolean revokeTwiceFails;
  private boolean revokesLate;
  private boolean limited;
  private boolean spoilLength;
  private Instant now = VirtualTime.START;

  LossyPlatform() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = new Thread(this::serve, "lossy-platform");
    thread.setDaemon(true);
    thread.start();
  }

  NHubEnvironment environment() {
    String base = "http://127.0.0.1:" + socket.getLocalPort() + "/api/v4/manage/";
    return NHubEnvironment.at(URI.create(base), "localhost", 8883);
  }

  /** Cuts the next answer with a certificate after this many bytes, head included. */
  synchronized void cutNextIssueAfter(int bytes) {
    cuts.add(bytes);
  }

  /** Sends the next answer with a certificate with a length below zero. */
  synchronized void spoilNextLength() {
    spoilLength = true;
  }

  /** Responses the next request for a certificate with this status, doing nothing. */
  synchronized void refuseNextIssue(int status) {
    refusals.add(status);
  }

  /** Runs while a certificate is being issued, before it is answered. */
  synchronized void whileIssuing(Runnable action) {
    whileIssuing = action;
  }

  synchronized void listStyle(ListStyle value) {
    style = value;
  }

  /** Leaves a new certificate out of the next lists, as if it were issued late. */
  synchronized void hideNewCertificatesFor(int lists) {
    hideNewFor = lists;
  }

  /** From now on, an API key has 10 active certificates at most. */
  synchronized void limitCertificates() {
    limited = true;
  }

  synchronized void revokeTwiceFails() {
    revokeTwiceFails = true;
  }

  /** From now on, a certificate that was revoked stays active. */
  synchronized void revokesLate() {
    revokesLate = true;
  }

  synchronized void now(Instant value) {
    now = value;
  }

  synchronized Entry add(String name, String apiKeyId) {
    String id = "c-" + (entries.size() + 1);
    Instant expiry = now.plus(CertificateSpec.DEFAULT_VALIDITY);
    ClientIdentity identity =
        ca.signClient(id, now.minus(Duration.ofMinutes(1)), expiry).issuedBy(ca);
    Entry entry = new Entry(id, name, apiKeyId, identity, now);
    entries.add(entry);
    return entry;
  }

  synchronized List<Entry> active() {
    return entries.stream().filter(entry -> !entry.revoked).toList();
  }

  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  static int headLength(int bodyLength) {
    return String.format(HEAD, 201, bodyLength).length();
  }

  /** About as long as the JSON of an issued certificate is. */
  int bodyLength() {
    TestPki.Held held = ca.signClient("x");
    return issuedJson("P", "c-1", held, held.issuedBy(ca)).length();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        answer(client);
      } catch (IOException e) {
        requests.add("The connection broke: " + e.getMessage());
      }
    }
  }

  private void answer(Socket client) throws IOException {
    InputStream in = new BufferedInputStream(client.getInputStream());
    String requestLine = line(in);
    if (requestLine.isEmpty()) {
      return;
    }
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring("content-length:".length()).strip());
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    byte[] answer = handle(requestLine, body);
    client.getOutputStream().write(answer);
    client.getOutputStream().flush();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  private synchronized byte[] handle(String requestLine, String body) throws IOException {
    String request = requestLine.replace("/api/v4/manage/", "").replace(" HTTP/1.1", "");
    requests.add(request);
    if (request.equals("GET mqtt-certificates/")) {
      return response(200, list());
    }
    if (request.equals("POST mqtt-certificates/")) {
      return issue(mapper.readTree(body));
    }
    String id = request.replaceAll("POST mqtt-certificates/(.*)/revoke/", "$1");
    for (Entry entry : entries) {
      if (entry.id.equals(id)) {
        boolean fails = entry.revoked && revokeTwiceFails;
        entry.revoked |= !revokesLate;
        return response(fails ? 400 : 200, "{}");
      }
    }
    return response(404, "{\"detail\": \"Not found.\"}");
  }

  private byte[] issue(JsonNode asked) {
    if (!refusals.isEmpty()) {
      return response(refusals.remove(), "{\"detail\": \"No.\"}");
    }
    String name = asked.path("name").asText();
    String apiKeyId = asked.path("api_key_id").asText();
    if (limited
        && active().stream().filter(entry -> entry.apiKeyId.equals(apiKeyId)).count() >= 10) {
      return response(400, "{\"detail\": \"Too many.\"}");
    }
    String id = "c-" + (entries.size() + 1);
    Instant expiry = now.plus(Duration.ofHours(asked.path("validity_hours").asLong()));
    TestPki.Held held = ca.signClient(id, now.minus(Duration.ofMinutes(1)), expiry);
    ClientIdentity identity = held.issuedBy(ca);
    Entry entry = new Entry(id, name, apiKeyId, identity, now);
    entry.hiddenForLists = hideNewFor;
    entries.add(entry);
    whileIssuing.run();
    byte[] answer = response(201, issuedJson(name, id, held, identity));
    if (spoilLength) {
      spoilLength = false;
      answer =
          "HTTP/1.1 201 Created\r\nContent-Length: -5\r\n\r\n{}".getBytes(StandardCharsets.UTF_8);
    }
    return cuts.isEmpty() ? answer : Arrays.copyOf(answer, cuts.remove());
  }

  private String issuedJson(String name, String id, TestPki.Held held, ClientIdentity identity) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("id", id);
    fields.put("name", name);
    fields.put("certificate_pem", held.certificatePem());
    fields.put("private_key_pem", held.keyPem());
    fields.put("ca_certificate_pem", ca.certificatePem());
    fields.put("fingerprint", identity.fingerprint());
    fields.put("expires_at", identity.expiresAt().toString());
    return json(fields);
  }

  private String list() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.hiddenForLists > 0) {
        entry.hiddenForLists--;
        continue;
      }
      Map<String, Object> fields = new TreeMap<>(Map.of("id", entry.id, "name", entry.name));
      if (style == ListStyle.FULL) {
        fields.put("fingerprint", entry.identity.fingerprint());
      }
      if (style != ListStyle.NAMES_ONLY) {
        fields.put("api_key_id", entry.apiKeyId);
        fields.put("is_active", !entry.revoked);
        fields.put("created_at", entry.createdAt.toString());
        fields.put("expires_at", entry.identity.expiresAt().toString());
      }
      list.add(fields);
    }
    return json(list);
  }

  private String json(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] response(int status, String body) {
    return (String.format(HEAD, status, body.length()) + body).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      socket.close();
      thread.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
