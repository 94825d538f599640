package io.nnnco.nhub.diagnosis;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a diagnosis can find. {@code docs/doctor.md} has a row for each. More may be added. */
public enum FindingCode {
  /** Addresses and credentials are there. */
  CONFIGURATION_OK(),
  /** There is nothing to authenticate with at the bridge. */
  CONFIGURATION_NO_CREDENTIALS(StreamErrorCode.MISSING_CREDENTIALS),
  /** The clock agrees with the API's. */
  CLOCK_OK(),
  /** Nothing to compare the clock with. */
  CLOCK_SKIPPED(),
  /** The clock is off by more than a minute. */
  CLOCK_SLIGHTLY_OFF(),
  /** The clock is ahead by more than five minutes. */
  CLOCK_AHEAD(),
  /** The clock is behind by more than five minutes. */
  CLOCK_BEHIND(),
  /** By the clock, the client certificate is not valid yet, and no API tells the time. */
  CLOCK_BEFORE_CERTIFICATE(),
  /** The host name has addresses, or is one. */
  DNS_OK(),
  /** The bridge's host name has no address. */
  DNS_UNKNOWN_HOST(StreamErrorCode.HOST_NOT_FOUND),
  /** The name server did not respond in time. */
  DNS_TIMEOUT(StreamErrorCode.HOST_NOT_FOUND),
  /** The proxy's host name has no address. */
  DNS_UNKNOWN_PROXY(StreamErrorCode.PROXY_UNREACHABLE),
  /** Every address accepts connections. */
  TCP_OK(),
  /** There is no address to connect to. */
  TCP_SKIPPED(),
  /** Nothing accepts connections at the port. */
  TCP_REFUSED(StreamErrorCode.CONNECTION_REFUSED),
  /** No address responds: a black hole. */
  TCP_TIMEOUT(StreamErrorCode.CONNECT_TIMEOUT),
  /** There is no route to the address. */
  TCP_UNREACHABLE(StreamErrorCode.CONNECTION_REFUSED),
  /** Some addresses do not respond, and others do. */
  TCP_SOME_DEAD(),
  /** Nothing accepts connections at the proxy's port. */
  TCP_PROXY_REFUSED(StreamErrorCode.PROXY_UNREACHABLE),
  /** The proxy's address does not respond. */
  TCP_PROXY_TIMEOUT(StreamErrorCode.PROXY_UNREACHABLE),
  /** The proxy opened a tunnel. */
  PROXY_OK(),
  /** There is no proxy, or it was not reached. */
  PROXY_SKIPPED(),
  /** The proxy wants a login, or another one. */
  PROXY_LOGIN(StreamErrorCode.PROXY_AUTHENTICATION),
  /** The proxy does not allow a tunnel to the bridge. */
  PROXY_REFUSED(StreamErrorCode.PROXY_REFUSED),
  /** The proxy cannot reach the bridge. */
  PROXY_TUNNEL(StreamErrorCode.PROXY_TUNNEL),
  /** What listens there is not a proxy of this kind. */
  PROXY_PROTOCOL(StreamErrorCode.PROXY_PROTOCOL),
  /** The proxy does not respond. */
  PROXY_TIMEOUT(StreamErrorCode.CONNECT_TIMEOUT),
  /** The server proved to be the bridge. */
  TLS_OK(),
  /** The handshake was not reached. */
  TLS_SKIPPED(),
  /** The server showed certificates, and there is no CA to check them against. */
  TLS_NOT_VERIFIED(),
  /** The server's certificate comes from another CA. */
  TLS_UNTRUSTED_ISSUER(StreamErrorCode.SERVER_NOT_TRUSTED),
  /** The server's certificate vouches for itself. */
  TLS_SELF_SIGNED(StreamErrorCode.SERVER_NOT_TRUSTED),
  /** The server's certificate is too weak, or not for servers. */
  TLS_WEAK_CERTIFICATE(StreamErrorCode.SERVER_NOT_TRUSTED),
  /** The server's certificate is for another name. */
  TLS_WRONG_HOST(StreamErrorCode.WRONG_HOST_NAME),
  /** The server's certificate has expired. */
  TLS_EXPIRED(StreamErrorCode.SERVER_CERTIFICATE_EXPIRED),
  /** The server's certificate is not valid yet. */
  TLS_NOT_YET_VALID(StreamErrorCode.SERVER_CERTIFICATE_EXPIRED),
  /** The server speaks no TLS 1.2 or 1.3. */
  TLS_OLD_PROTOCOL(StreamErrorCode.TLS_FAILED),
  /** Client and server have no cipher suite in common. */
  TLS_NO_COMMON_CIPHER(StreamErrorCode.TLS_FAILED),
  /** The server speaks something other than TLS. */
  TLS_NOT_TLS(StreamErrorCode.TLS_FAILED),
  /** A web server listens at the port, without TLS. */
  TLS_HTTP(StreamErrorCode.TLS_FAILED),
  /** The connection broke during the handshake. */
  TLS_CLOSED(StreamErrorCode.CONNECTION_LOST),
  /** The server accepts connections, and does not shake hands. */
  TLS_TIMEOUT(StreamErrorCode.CONNECT_TIMEOUT),
  /** The handshake failed for another reason. */
  TLS_FAILED(StreamErrorCode.TLS_FAILED),
  /** The client certificate is in date, and the platform does not object. */
  CERTIFICATE_OK(),
  /** There is no client certificate. */
  CERTIFICATE_SKIPPED(),
  /** A file of the identity does not exist. */
  CERTIFICATE_FILE_MISSING(CoreErrorCode.IDENTITY_FILE_MISSING),
  /** A file of the identity cannot be read. */
  CERTIFICATE_FILE_UNREADABLE(CoreErrorCode.IDENTITY_FILE_UNREADABLE),
  /** A file of the identity is damaged, or the wrong one. */
  CERTIFICATE_MALFORMED(CoreErrorCode.IDENTITY_PEM_MALFORMED),
  /** The private key belongs to another certificate. */
  CERTIFICATE_KEY_MISMATCH(CoreErrorCode.IDENTITY_KEY_MISMATCH),
  /** The CA file is not that of the client certificate. */
  CERTIFICATE_WRONG_CA(CoreErrorCode.IDENTITY_UNTRUSTED),
  /** The credentials cannot be used for another reason. */
  CERTIFICATE_UNUSABLE(CoreErrorCode.IDENTITY_KEY_UNSUPPORTED),
  /** The client certificate has expired. */
  CERTIFICATE_EXPIRED(CoreErrorCode.IDENTITY_EXPIRED),
  /** The client certificate is not valid yet. */
  CERTIFICATE_NOT_YET_VALID(CoreErrorCode.IDENTITY_NOT_YET_VALID),
  /** The CA certificate is out of date. */
  CERTIFICATE_CA_EXPIRED(CoreErrorCode.IDENTITY_EXPIRED),
  /** The client certificate expires within 30 days. */
  CERTIFICATE_EXPIRES_SOON(),
  /** The platform lists the client certificate as revoked. */
  CERTIFICATE_REVOKED(StreamErrorCode.CERTIFICATE_REVOKED),
  /** The platform lists the client certificate as expired, before its own date. */
  CERTIFICATE_EXPIRED_AT_PLATFORM(CoreErrorCode.IDENTITY_EXPIRED),
  /** The platform does not list the client certificate. */
  CERTIFICATE_UNKNOWN(StreamErrorCode.NOT_AUTHORIZED),
  /** The client certificate belongs to another API key. */
  CERTIFICATE_OTHER_KEY(StreamErrorCode.NOT_AUTHORIZED),
  /** The API key has all of its ten certificates. */
  CERTIFICATE_LIMIT_REACHED(),
  /** The API accepts the token. */
  TOKEN_OK(),
  /** There is no management token. */
  TOKEN_SKIPPED(),
  /** The API does not accept the token (401). */
  TOKEN_REJECTED(CoreErrorCode.API_AUTHENTICATION_FAILED),
  /** The token may not list certificates (403). */
  TOKEN_FORBIDDEN(CoreErrorCode.API_PERMISSION_DENIED),
  /** There is no such API at the address (404). */
  TOKEN_WRONG_ADDRESS(CoreErrorCode.API_NOT_FOUND),
  /** The API counts too many calls (429). */
  TOKEN_RATE_LIMITED(CoreErrorCode.API_RATE_LIMITED),
  /** The API fails (5xx). */
  TOKEN_SERVER_ERROR(CoreErrorCode.API_SERVER_ERROR),
  /** What responds is not the API, such as a proxy's page. */
  TOKEN_NOT_THE_API(CoreErrorCode.API_UNREADABLE_RESPONSE),
  /** The API responds as it should not, such as with a redirect. */
  TOKEN_UNEXPECTED_STATUS(CoreErrorCode.API_UNEXPECTED_STATUS),
  /** The API cannot be reached. */
  TOKEN_API_UNREACHABLE(CoreErrorCode.API_CONNECTION_FAILED),
  /** The API does not respond in time. */
  TOKEN_API_TIMEOUT(CoreErrorCode.API_TIMEOUT),
  /** This Java runtime does not trust the API's certificate. */
  TOKEN_API_UNTRUSTED(CoreErrorCode.API_CONNECTION_FAILED),
  /** The application's token provider failed. */
  TOKEN_UNAVAILABLE(CoreErrorCode.API_AUTHENTICATION_FAILED),
  /** The bridge accepted the client. */
  CONNECT_OK(),
  /** CONNECT was not reached. */
  CONNECT_SKIPPED(),
  /** The bridge speaks MQTT 3.1.1 only. */
  CONNECT_OLD_PROTOCOL(),
  /** The user name or the token is wrong. */
  CONNECT_BAD_CREDENTIALS(StreamErrorCode.BAD_CREDENTIALS),
  /** The bridge does not let this client in. */
  CONNECT_NOT_AUTHORIZED(StreamErrorCode.NOT_AUTHORIZED),
  /** The bridge says that the certificate is revoked. */
  CONNECT_REVOKED(StreamErrorCode.CERTIFICATE_REVOKED),
  /** The port wants a client certificate, and none was presented. */
  CONNECT_CERTIFICATE_REQUIRED(StreamErrorCode.CLIENT_CERTIFICATE_REJECTED),
  /** A TLS alert says that the certificate is revoked. */
  CONNECT_ALERT_REVOKED(StreamErrorCode.CERTIFICATE_REVOKED),
  /** A TLS alert says that the certificate has expired. */
  CONNECT_ALERT_EXPIRED(StreamErrorCode.CLIENT_CERTIFICATE_REJECTED),
  /** A TLS alert says that another CA issued the certificate. */
  CONNECT_ALERT_UNKNOWN_CA(StreamErrorCode.CLIENT_CERTIFICATE_REJECTED),
  /** A TLS alert rejects the certificate without a clear reason. */
  CONNECT_ALERT_REJECTED(StreamErrorCode.CLIENT_CERTIFICATE_REJECTED),
  /** The bridge is busy. */
  CONNECT_BUSY(StreamErrorCode.SERVER_REFUSED),
  /** The bridge is not available, or is shutting down. */
  CONNECT_UNAVAILABLE(StreamErrorCode.SERVER_REFUSED),
  /** A quota at the bridge is used up. */
  CONNECT_QUOTA(StreamErrorCode.SERVER_REFUSED),
  /** The bridge counts too many connections. */
  CONNECT_TOO_OFTEN(StreamErrorCode.SERVER_REFUSED),
  /** An administrator has banned the client. */
  CONNECT_BANNED(StreamErrorCode.NOT_AUTHORIZED),
  /** The bridge has moved. */
  CONNECT_MOVED(StreamErrorCode.NOT_AUTHORIZED),
  /** The bridge does not speak the version of MQTT. */
  CONNECT_WRONG_VERSION(StreamErrorCode.NOT_AUTHORIZED),
  /** The bridge refuses for another reason. */
  CONNECT_REFUSED(StreamErrorCode.SERVER_REFUSED),
  /** The bridge does not respond to CONNECT. */
  CONNECT_TIMEOUT(StreamErrorCode.CONNECT_TIMEOUT),
  /** The bridge drops the connection after CONNECT. */
  CONNECT_DROPPED(StreamErrorCode.CONNECTION_LOST),
  /** The server speaks TLS, and then something other than MQTT. */
  CONNECT_NOT_MQTT(StreamErrorCode.PROTOCOL_VIOLATION),
  /** The attempt failed inside this program. */
  CONNECT_FAILED(StreamErrorCode.LOCAL_FAILURE),
  /** The bridge granted every topic filter. */
  SUBSCRIBE_OK(),
  /** SUBSCRIBE was not reached. */
  SUBSCRIBE_SKIPPED(),
  /** The credentials may not read this enterprise. */
  SUBSCRIBE_REFUSED(StreamErrorCode.SUBSCRIPTION_REFUSED),
  /** The enterprise is spelled almost as in the certificate. */
  SUBSCRIBE_ENTERPRISE_TYPO(StreamErrorCode.SUBSCRIPTION_REFUSED),
  /** Some topic filters are refused, and others granted. */
  SUBSCRIBE_SOME_REFUSED(StreamErrorCode.SUBSCRIPTION_REFUSED),
  /** The bridge does not accept the form of a topic filter. */
  SUBSCRIBE_INVALID_FILTER(StreamErrorCode.SUBSCRIPTION_REFUSED),
  /** A quota of subscriptions is used up. */
  SUBSCRIBE_QUOTA(StreamErrorCode.SERVER_REFUSED),
  /** The bridge does not support wildcards. */
  SUBSCRIBE_NO_WILDCARDS(StreamErrorCode.WILDCARDS_MISSING),
  /** The bridge does not support shared groups. */
  SUBSCRIBE_NO_SHARED_GROUPS(StreamErrorCode.SHARED_SUBSCRIPTIONS_MISSING),
  /** The bridge does not grant QoS 1. */
  SUBSCRIBE_NO_QOS_1(StreamErrorCode.QOS_MISSING),
  /** The bridge refuses without saying why. */
  SUBSCRIBE_FAILED(StreamErrorCode.SUBSCRIPTION_REFUSED),
  /** The bridge does not respond to SUBSCRIBE. */
  SUBSCRIBE_TIMEOUT(StreamErrorCode.CONNECT_TIMEOUT),
  /** The bridge drops the connection after SUBSCRIBE. */
  SUBSCRIBE_DROPPED(StreamErrorCode.CONNECTION_LOST),
  /** A message arrived. */
  MESSAGES_OK(),
  /** Not subscribed, or not asked to wait. */
  MESSAGES_SKIPPED(),
  /** No message arrived while the doctor waited. */
  MESSAGES_NONE(),
  /** No message arrived, and the certificate names another enterprise. */
  MESSAGES_OTHER_ENTERPRISE(),
  /** A message arrived that is not the platform's JSON. */
  MESSAGES_UNREADABLE(CoreErrorCode.MALFORMED_MESSAGE),
  /** The bridge ended the connection while the doctor waited. */
  MESSAGES_DISCONNECTED(StreamErrorCode.SERVER_DISCONNECTED),
  /** The client's subscriptions work. */
  SUBSCRIPTIONS_OK(),
  /** The client has no subscription. */
  SUBSCRIPTIONS_SKIPPED(),
  /** Another process uses a subscription's client id. */
  SUBSCRIPTIONS_TAKEN_OVER(StreamErrorCode.SESSION_TAKEN_OVER),
  /** A subscription ended with an error. */
  SUBSCRIPTIONS_ENDED(),
  /** A subscription is not ready at the moment. */
  SUBSCRIPTIONS_NOT_READY();

  @SuppressWarnings("ImmutableEnumChecker") // Each ErrorCode is an enum.
  private final @Nullable ErrorCode error;

  FindingCode() {
    this(null);
  }

  FindingCode(@Nullable ErrorCode error) {
    this.error = error;
  }

  /**
   * The stable code.
   *
   * @return the step, a dot and what was found, such as {@code dns.unknown_host}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
  }

  /**
   * The step at which it can be found.
   *
   * @return the step
   */
  public DiagnosisStep step() {
    return DiagnosisStep.valueOf(name().substring(0, name().indexOf('_')));
  }

  /**
   * The error with which a subscription or a call would end up in this case.
   *
   * @return the error's code; empty if there would be none
   */
  public Optional<ErrorCode> error() {
    return Optional.ofNullable(error);
  }

  /** The {@link #id()}. */
  @Override
  public String toString() {
    return id();
  }
}
