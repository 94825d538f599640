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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The responses of the management API, rules R1 to R9. Thread-safe. */
public final class ManagementApi {
  /** The base path (R1 in docs/bridge.md). */
  public static final String BASE = "/api/v4/manage/";

  private static final String CERTIFICATES = BASE + "mqtt-certificates/";
  private static final String NAME_TAKEN = "A user with that username already exists.";

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
    Resource resource = Resource.of(call.path());
    if (resource == null) {
      return Resource.of(call.path() + "/") == null
          ? Rejection.notFound().response()
          : withSlash(call);
    }
    ServerResponse response;
    try {
      response = respond(call, resource);
    } catch (Rejection rejection) {
      response = rejection.response();
    }
    return response.with("Allow", resource.allowed());
  }

  /** Django's middleware leads there with any method. */
  private static ServerResponse withSlash(Call call) {
    String query = call.query() == null ? "" : "?" + call.query();
    return new ServerResponse(
        301,
        Map.of("Location", call.path() + "/" + query, "Content-Type", "text/html; charset=utf-8"),
        "");
  }

  private ServerResponse respond(Call call, Resource resource) {
    if (!MediaType.accepts(call.header("Accept", "*/*"))) {
      throw Rejection.detail(406, "Could not satisfy the request Accept header.");
    }
    Caller caller = tokens.callerOf(call);
    if (call.method().equals("OPTIONS")) {
      return ServerResponse.json(200, resource.description());
    }
    if (!resource.has(call.method())) {
      throw Rejection.methodNotAllowed(call.method());
    }
    return switch (resource) {
      case USERS -> createUser(Fields.read(call), caller);
      case CERTIFICATES ->
          call.method().equals("POST") ? issue(Fields.read(call), caller) : list(call, caller);
      case REVOCATION -> revoke(resource.id(call.path()), caller);
    };
  }

  /** Rule R3. */
  private ServerResponse createUser(Fields fields, Caller caller) {
    String username = fields.text("username", 150, ManagementApi::flawOfUsername);
    boolean serviceAccount = fields.flag("is_service_account");
    if (platform.keyOfUser(username).isPresent()) {
      fields.flaw("username", NAME_TAKEN);
    }
    fields.check();
    String enterprise =
        caller.enterprise() == null ? options.defaultEnterprise() : caller.enterprise();
    StoredApiKey key =
        platform
            .createKey(username, enterprise, serviceAccount)
            .orElseThrow(() -> Rejection.field("username", NAME_TAKEN));
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

  /** Letters, digits and numbers of any alphabet, as in Python's regular expressions. */
  private static Optional<String> flawOfUsername(String username) {
    boolean valid =
        username
            .codePoints()
            .allMatch(c -> Character.isLetterOrDigit(c) || isNumber(c) || "_.@+-".indexOf(c) >= 0);
    return valid
        ? Optional.empty()
        : Optional.of(
            "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_"
                + " characters.");
  }

  private static boolean isNumber(int c) {
    int type = Character.getType(c);
    return type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
  }

  /** Rules R4 to R7. */
  private ServerResponse issue(Fields fields, Caller caller) {
    String name = fields.text("name", 255);
    StoredApiKey key = keyOf(fields, caller);
    int hours = fields.integer("validity_hours", DEFAULT_HOURS, 1, MAX_HOURS);
    fields.check();
    if (key == null || !key.active()) {
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

  private @Nullable StoredApiKey keyOf(Fields fields, Caller caller) {
    String id = fields.uuid("api_key_id");
    Optional<StoredApiKey> key =
        platform.key(id).filter(found -> caller.manages(found.enterprise()));
    if (key.isEmpty() && !id.isEmpty()) {
      fields.flaw("api_key_id", "Invalid pk \"" + id + "\" - object does not exist.");
    }
    return key.orElse(null);
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
  private ServerResponse revoke(String path, Caller caller) {
    String id = Uuids.normal(path).orElse(path);
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
