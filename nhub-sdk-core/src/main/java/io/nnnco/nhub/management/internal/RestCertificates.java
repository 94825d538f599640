package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.JsonValue.JsonString;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.management.ApiCall;
import io.nnnco.nhub.management.CertificateLimitException;
import io.nnnco.nhub.management.CertificatePage;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.Certificates;
import io.nnnco.nhub.management.InvalidRequestException;
import io.nnnco.nhub.management.IssuedCertificate;
import io.nnnco.nhub.management.ManagementException;
import io.nnnco.nhub.management.MqttCertificate;
import io.nnnco.nhub.management.Recovery;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.HttpUrl;

/** Certificates over REST. */
public final class RestCertificates implements Certificates {
  private static final int LIMIT = 10;
  private static final int NAME_SHOWN = 60;
  private static final Set<String> FIELDS_OF_THE_SPEC = Set.of("name", "validity_hours");

  private final RestApi api;
  private final CertificateParser json;
  private final CertificatePages pages;
  private final Responses responses = new Responses();
  private final Provisioning provisioning;

  /** Calls this API. */
  public RestCertificates(RestApi api) {
    this.api = api;
    this.json = new CertificateParser();
    this.pages = new CertificatePages(api, api.url(Endpoint.CERTIFICATES), json);
    this.provisioning =
        new Provisioning(
            this,
            api::now,
            new ApiCall("POST", api.url(Endpoint.CERTIFICATES).encodedPath(), null, null));
  }

  @Override
  public IssuedCertificate issue(CertificateSpec spec) {
    ClientIdentity.proveRuntime();
    ApiRequest request =
        ApiRequest.post(Endpoint.CERTIFICATES, api.url(Endpoint.CERTIFICATES), body(spec));
    try {
      return json.issued(api.call(request), spec);
    } catch (InvalidRequestException e) {
      throw limitReached(spec, e);
    }
  }

  private static String body(CertificateSpec spec) {
    Map<String, JsonValue> body = new LinkedHashMap<>();
    body.put("name", new JsonString(spec.name()));
    body.put("api_key_id", new JsonString(spec.apiKeyId()));
    body.put("validity_hours", new JsonNumber(BigDecimal.valueOf(spec.validity().toHours())));
    return new JsonObject(body).toString();
  }

  /** The text of the refusal is not documented, so the certificates are counted. */
  private InvalidRequestException limitReached(CertificateSpec spec, InvalidRequestException e) {
    Set<String> fields = e.fieldErrors().keySet();
    if (!fields.isEmpty() && FIELDS_OF_THE_SPEC.containsAll(fields)) {
      return e;
    }
    try {
      List<MqttCertificate> active = active(spec.apiKeyId());
      if (active.size() < LIMIT) {
        return e;
      }
      CertificateLimitException limit =
          new CertificateLimitException(e.call(), problem(active), e.fieldErrors(), active);
      limit.addSuppressed(e);
      return limit;
    } catch (ManagementException listing) {
      e.addSuppressed(listing);
      return e;
    }
  }

  private static String problem(List<MqttCertificate> active) {
    return active.stream()
        .limit(LIMIT)
        .map(
            c ->
                ForeignText.shown(c.id(), NAME_SHOWN)
                    + " ("
                    + ForeignText.shown(c.name(), NAME_SHOWN)
                    + ", expires "
                    + c.expiresAt()
                    + ")")
        .collect(
            Collectors.joining(
                ", ", "The API key has " + active.size() + " active certificates: ", "."));
  }

  @Override
  public IssuedCertificate issueTo(Path directory, CertificateSpec spec) {
    return provisioning.issueTo(directory, spec);
  }

  @Override
  public Recovery recover(Path directory) {
    return provisioning.recover(directory);
  }

  @Override
  public Stream<MqttCertificate> list() {
    return StreamSupport.stream(pages.all(), false);
  }

  @Override
  public CertificatePage listPage(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("Pages are counted from 1, not " + number + ".");
    }
    return pages.page(number);
  }

  @Override
  public Optional<MqttCertificate> find(String id) {
    Objects.requireNonNull(id, "id");
    return list().filter(certificate -> certificate.id().equals(id)).findFirst();
  }

  @Override
  public List<MqttCertificate> active(String apiKeyId) {
    Objects.requireNonNull(apiKeyId, "apiKeyId");
    return list()
        .filter(c -> c.status().mayBeActive())
        .filter(c -> c.apiKeyId() == null || c.apiKeyId().equalsIgnoreCase(apiKeyId))
        .toList();
  }

  @Override
  public void revoke(String id) {
    HttpUrl url = api.url(Endpoint.REVOCATION, id);
    responses.acknowledgement(api.call(ApiRequest.post(Endpoint.REVOCATION, url, null)));
  }
}
