package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.FakeApiKey;
import io.nnnco.nhub.testkit.internal.control.http.Reply;
import io.nnnco.nhub.testkit.internal.control.http.Request;
import io.nnnco.nhub.testkit.internal.control.http.Route;
import io.nnnco.nhub.testkit.internal.control.json.Description;
import io.nnnco.nhub.testkit.internal.control.json.Schemas;
import io.nnnco.nhub.testkit.internal.platform.Certificate;
import io.nnnco.nhub.testkit.internal.platform.CertificateKind;
import io.nnnco.nhub.testkit.internal.platform.PemIdentity;
import io.nnnco.nhub.testkit.internal.platform.StoredApiKey;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** API keys and certificates of every kind. */
final class CredentialRoutes {
  private final Controlled target;

  CredentialRoutes(Controlled target) {
    this.target = target;
  }

  /** An API key in a list. */
  record KeySummary(
      String id, String username, String enterprise, Instant createdAt, boolean active) {}

  /** An API key with its token. */
  record KeyWithToken(
      String id,
      String username,
      @Description("the password at the bridge") String token,
      String enterprise) {}

  /** A user name and a password. */
  record Password(String username, String password) {}

  /** Whose credentials. */
  record Owner(@Nullable @Description("the fake's first by default") String enterprise) {}

  /** What a certificate is now. */
  enum CertificateState {
    ACTIVE,
    EXPIRED,
    REVOKED,
    KEY_INACTIVE
  }

  /** A certificate in a list. */
  record CertificateSummary(
      String id,
      String name,
      String apiKeyId,
      String enterprise,
      String fingerprint,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant revokedAt,
      CertificateState state) {}

  /** A certificate to issue. */
  record NewIdentity(
      @Nullable @Description("VALID by default") CertificateKind kind,
      @Nullable @Description("the fake's first by default") String enterprise) {}

  /** A certificate with its private key, as PEM. */
  record IssuedIdentity(
      @Nullable @Description("its id at the platform; null if another CA issued it") String id,
      CertificateKind kind,
      @Description("for client.crt") String certificatePem,
      @Description("for client.key") String privateKeyPem,
      @Description("for ca.crt, what the client trusts") String caCertificatePem) {}

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/keys", "listApiKeys", "Lists the API keys.", r -> keys())
            .gives(200, Schemas.list(KeySummary.class)),
        Route.of(
                "POST",
                "/keys",
                "apiKey",
                "Gives an API key with its token, the same until it is deactivated.",
                this::key)
            .takes(Schemas.ref(Owner.class))
            .gives(200, Schemas.ref(KeyWithToken.class)),
        change(
            "/keys/{id}/deactivate",
            "deactivate",
            "Deactivates an API key.",
            id -> target.fake().deactivate(id)),
        change(
            "/keys/{id}/activate",
            "activate",
            "Makes an API key active again.",
            id -> target.fake().activate(id)),
        Route.of(
                "POST",
                "/passwords/wrong",
                "wrongPassword",
                "Gives the user name of an active API key and a password that the bridge refuses.",
                this::wrongPassword)
            .takes(Schemas.ref(Owner.class))
            .gives(200, Schemas.ref(Password.class)),
        Route.of(
                "GET",
                "/certificates",
                "listCertificates",
                "Lists the certificates.",
                r -> certificates())
            .gives(200, Schemas.list(CertificateSummary.class)),
        Route.of(
                "POST",
                "/certificates",
                "issueCertificate",
                "Issues a certificate of any kind, with its private key.",
                this::issue)
            .takes(Schemas.ref(NewIdentity.class))
            .gives(201, Schemas.ref(IssuedIdentity.class)),
        change(
            "/certificates/{id}/revoke",
            "revoke",
            "Revokes a certificate; its live connection is not cut.",
            id -> target.fake().revoke(id)),
        change(
            "/certificates/{id}/expire",
            "expire",
            "Ends a certificate's validity at the platform, now; its own expiry date stays.",
            id -> target.fake().expire(id)),
        Route.of(
                "GET",
                "/ca.crt",
                "caCertificate",
                "Gives the platform's CA certificate as PEM.",
                r -> Reply.text("application/x-pem-file", target.fake().caCertificatePem()))
            .gives("application/x-pem-file"));
  }

  private static Route change(String path, String name, String summary, Consumer<String> change) {
    return Route.of(
        "POST",
        path,
        name,
        summary,
        request -> {
          change.accept(request.variable());
          return Reply.done();
        });
  }

  private Reply keys() {
    return Reply.ok(
        target.platform().keys().stream()
            .map(
                key ->
                    new KeySummary(
                        key.id(), key.username(), key.enterprise(), key.createdAt(), key.active()))
            .toList());
  }

  private Reply key(Request request) {
    FakeApiKey key =
        target.fake().apiKey(target.enterprise(request.body(Owner.class).enterprise()));
    return Reply.ok(
        new KeyWithToken(key.id(), key.username(), key.token().reveal(), key.enterprise()));
  }

  private Reply wrongPassword(Request request) {
    String enterprise = target.enterprise(request.body(Owner.class).enterprise());
    UsernamePassword wrong = target.fake().identities().wrongPassword(enterprise);
    return Reply.ok(new Password(wrong.username(), wrong.password().reveal()));
  }

  private Reply certificates() {
    return Reply.ok(
        target.platform().certificates().stream()
            .map(
                certificate ->
                    new CertificateSummary(
                        certificate.id(),
                        certificate.name(),
                        certificate.apiKeyId(),
                        certificate.enterprise(),
                        certificate.fingerprint(),
                        certificate.createdAt(),
                        certificate.expiresAt(),
                        certificate.revokedAt(),
                        state(certificate)))
            .toList());
  }

  private CertificateState state(Certificate certificate) {
    if (certificate.revokedAt() != null) {
      return CertificateState.REVOKED;
    } else if (!certificate.activeAt(target.platform().now())) {
      return CertificateState.EXPIRED;
    }
    return target.platform().key(certificate.apiKeyId()).filter(StoredApiKey::active).isPresent()
        ? CertificateState.ACTIVE
        : CertificateState.KEY_INACTIVE;
  }

  private Reply issue(Request request) {
    NewIdentity wanted = request.body(NewIdentity.class);
    CertificateKind kind = wanted.kind() == null ? CertificateKind.VALID : wanted.kind();
    PemIdentity pem = target.certificates().apply(kind, target.enterprise(wanted.enterprise()));
    return Reply.created(
        new IssuedIdentity(
            pem.certificateId(), kind, pem.certificate(), pem.privateKey(), pem.caCertificates()));
  }
}
