package io.nnnco.nhub.spring;

import static io.nnnco.nhub.spring.PropertyValues.checked;
import static io.nnnco.nhub.spring.PropertyValues.text;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.CredentialsSource;
import io.nnnco.nhub.management.ApiConnectionException;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.ManagedIdentity;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.management.ManagementException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The certificate that {@code nhub.credentials.managed} has the application issue and renew. */
final class ManagedCredentials {
  private static final String PREFIX = "nhub.credentials.managed.";

  private final CertificateSpec spec;
  private final @Nullable Duration renewBefore;
  private final Secret token;

  private ManagedCredentials(CertificateSpec spec, @Nullable Duration renewBefore, Secret token) {
    this.spec = spec;
    this.renewBefore = renewBefore;
    this.token = token;
  }

  /** Null if no API key is named. */
  static @Nullable ManagedCredentials of(
      NHubProperties.Credentials credentials,
      @Nullable Secret token,
      @Nullable String applicationName) {
    NHubProperties.Credentials.Managed managed = credentials.managed();
    String key = text(managed.apiKeyId());
    String name = text(managed.name());
    if (key == null) {
      if (name != null || managed.renewBefore() != null) {
        throw missing(
            PREFIX + "api-key-id", PREFIX + (name != null ? "name" : "renew-before"), "id");
      }
      return null;
    }
    if (text(credentials.directory()) == null) {
      throw missing("nhub.credentials.directory", PREFIX + "api-key-id", "directory");
    }
    if (!credentials.watch()) {
      throw new NHubConfigurationException(
          "nhub.credentials.watch",
          "A certificate that is renewed is always watched.",
          "Remove it, or remove " + PREFIX + "api-key-id.",
          null);
    }
    if (token == null) {
      throw missing("nhub.management.token", PREFIX + "api-key-id", "token");
    }
    return new ManagedCredentials(
        spec(managed, key, name == null ? text(applicationName) : name),
        managed.renewBefore(),
        token);
  }

  private static CertificateSpec spec(
      NHubProperties.Credentials.Managed managed, String key, @Nullable String name) {
    if (name == null) {
      throw new NHubConfigurationException(
          PREFIX + "name",
          "Neither it nor spring.application.name is set, and certificates need a name.",
          "Set it to a name that no other directory has.",
          null);
    }
    return checked(
        PREFIX + "validity",
        "Set it to whole hours, such as 90d.",
        () -> new CertificateSpec(name, key, managed.validity()));
  }

  private static NHubConfigurationException missing(String property, String other, String what) {
    return new NHubConfigurationException(
        property,
        "It is not set, but " + other + " is, which needs a " + what + ".",
        "Set both, or neither.",
        null);
  }

  Management management(NHubEnvironment environment, @Nullable ProxyServer proxy) {
    var builder = Management.builder(environment).token(token);
    if (proxy != null) {
      builder.proxy(proxy);
    }
    return PropertiesProxy.checkedForManagement(builder::build);
  }

  /**
   * A first certificate that cannot be issued is the fault of a property.
   *
   * @param address the property for the address of the API
   */
  CredentialsSource source(Path directory, Management management, String address) {
    ManagedIdentity plain = ManagedIdentity.in(directory, spec, management);
    Duration before = renewBefore;
    ManagedIdentity identity =
        before == null
            ? plain
            : checked(
                PREFIX + "renew-before",
                "Set it to a minute or more, or leave it out.",
                () -> plain.renewBefore(before));
    return client -> {
      try {
        return identity.begin(client);
      } catch (ApiConnectionException e) {
        throw PropertyValues.fault(address, e);
      } catch (NHubException e) {
        throw PropertyValues.fault(
            e instanceof ManagementException ? PREFIX + "api-key-id" : "nhub.credentials.directory",
            e);
      }
    };
  }
}
