package io.nnnco.nhub.testkit.internal.api;

import io.nnnco.nhub.testkit.internal.platform.Certificate;
import io.nnnco.nhub.testkit.internal.platform.NewCertificate;
import io.nnnco.nhub.testkit.internal.platform.PemWriter;
import io.nnnco.nhub.testkit.internal.platform.Platform;
import io.nnnco.nhub.testkit.internal.platform.PrivateKeyForm;
import io.nnnco.nhub.testkit.internal.platform.StoredApiKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The responses of the management API, rules R1 to R9. Thread-safe. */
public final class ManagementApi {
  /** The base path (R1 in docs/bridge.md). */
  public static final String BASE = "/api/v4/manage/";

  private static final String USERS = BASE + "users/";
  private static final String CERTIFICATES = BASE + "mqtt-certificates/";
  private static final Pattern REVOKE = Pattern.compile(CERTIFICATES + "([^/]+)/revoke/");

  private static final int DEFAULT_HOURS = 8_760;
  private static final int MAX_HOURS = 87_600;

  private final Platform platform;
  private final Tokens tokens;
  private final ApiOptions options;

  /**
   * Creates an API.
   *
   * @param platform what it manages
   * @param tokens the tokens that it accepts
   * @param options its options
   */
  public ManagementApi(Platform platform, Tokens tokens, ApiOptions options) {
    this.platform = platform;
    this.tokens = tokens;
    this.options = options;
  }

  ServerResponse respond(Call call) {
    try {
      return route(call, tokens.callerOf(call));
    } catch (Rejection rejection) {
      return rejection.response();
    }
  }

  private ServerResponse route(Call call, Caller caller) {
    Matcher revoke = REVOKE.matcher(call.path());
    if (call.path().equals(USERS)) {
      if (call.method().equals("POST")) {
        return createUser(Fields.read(call), caller);
      }
    } else if (call.path().equals(CERTIFICATES)) {
      if (call.method().equals("POST")) {
        return issue(Fields.read(call), caller);
      } else if (call.method().equals("GET")) {
        return list(call, caller);
      }
    } else if (revoke.matches()) {
      if (call.method().equals("POST")) {
        return revoke(revoke.group(1), caller);
      }
    } else {
      throw Rejection.notFound();
    }
    throw Rejection.methodNotAllowed(call.method());
  }

  /** Rule R3. */
  private ServerResponse createUser(Fields fields, Caller caller) {
    String username = fields.text("username", 150);
    if (!username.matches("[\\w.@+-]+")) {
      throw Rejection.field(
          "username",
          "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_"
              + " characters.");
    }
    String enterprise =
        caller.enterprise() == null ? options.defaultEnterprise() : caller.enterprise();
    StoredApiKey key =
        platform
            .createKey(username, enterprise, fields.flag("is_service_account"))
            .orElseThrow(
                () -> Rejection.field("username", "A user with that username already exists."));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", key.id());
    body.put("username", key.username());
    body.put("is_service_account", key.serviceAccount());
    body.put("is_active", key.active());
    body.put("enterprise", key.enterprise());
    body.put("created_at", key.createdAt().toString());
    body.put("token", key.token());
    return ServerResponse.json(201, body);
  }

  /** Rules R4 to R7. */
  private ServerResponse issue(Fields fields, Caller caller) {
    String name = fields.text("name", 255);
    String keyId = fields.text("api_key_id", 255);
    int hours = fields.integer("validity_hours", DEFAULT_HOURS, 1, MAX_HOURS);
    StoredApiKey key =
        platform
            .key(keyId)
            .filter(found -> caller.manages(found.enterprise()))
            .orElseThrow(
                () ->
                    Rejection.field(
                        "api_key_id", "Invalid pk \"" + keyId + "\" - object does not exist."));
    if (!key.active()) {
      throw Rejection.field("api_key_id", "API key is not active.");
    }
    NewCertificate issued =
        platform
            .issue(key, name, Duration.ofHours(hours))
            .orElseThrow(
                () ->
                    Rejection.field(
                        "non_field_errors",
                        "Maximum of "
                            + Platform.MAX_ACTIVE_CERTIFICATES
                            + " active certificates per API key reached."));
    return ServerResponse.json(201, withPems(issued));
  }

  private Map<String, Object> withPems(NewCertificate issued) {
    PrivateKeyForm form = options.privateKeyForm();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", issued.certificate().id());
    body.put("name", issued.certificate().name());
    body.put("api_key_id", issued.certificate().apiKeyId());
    body.put("certificate_pem", PemWriter.of(issued.keyed().certificate()));
    body.put("private_key_pem", form.write(issued.keyed()));
    body.put("ca_certificate_pem", PemWriter.of(issued.keyed().authority()));
    body.put("fingerprint", issued.certificate().fingerprint());
    body.put("expires_at", issued.certificate().expiresAt().toString());
    return body;
  }

  /** Rule R8. */
  private ServerResponse list(Call call, Caller caller) {
    List<Certificate> all =
        platform.certificates().stream().filter(c -> caller.manages(c.enterprise())).toList();
    if (options.bareLists()) {
      return ServerResponse.json(200, all.stream().map(this::listed).toList());
    }
    int size = options.pageSize();
    int pages = Math.max(1, (all.size() + size - 1) / size);
    int page = Page.numberOf(call.query(), pages);
    List<Certificate> results = all.subList((page - 1) * size, Math.min(page * size, all.size()));
    String address = call.origin() + CERTIFICATES;
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("count", all.size());
    body.put("next", page < pages ? Page.address(address, page + 1) : null);
    body.put("previous", page > 1 ? Page.address(address, page - 1) : null);
    body.put("results", results.stream().map(this::listed).toList());
    return ServerResponse.json(200, body);
  }

  /** Rule R9. */
  private ServerResponse revoke(String id, Caller caller) {
    if (platform.certificates().stream()
        .noneMatch(c -> c.id().equals(id) && caller.manages(c.enterprise()))) {
      throw Rejection.notFound();
    }
    return ServerResponse.json(200, listed(platform.revoke(id)));
  }

  private Map<String, @Nullable Object> listed(Certificate certificate) {
    Instant revokedAt = certificate.revokedAt();
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("id", certificate.id());
    entry.put("name", certificate.name());
    entry.put("api_key_id", certificate.apiKeyId());
    entry.put("fingerprint", certificate.fingerprint());
    entry.put("created_at", certificate.createdAt().toString());
    entry.put("expires_at", certificate.expiresAt().toString());
    entry.put("is_active", certificate.activeAt(platform.now()));
    entry.put("revoked_at", revokedAt == null ? null : revokedAt.toString());
    return entry;
  }
}
