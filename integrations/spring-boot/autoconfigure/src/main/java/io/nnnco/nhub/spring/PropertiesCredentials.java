package io.nnnco.nhub.spring;

import static io.nnnco.nhub.spring.PropertyValues.checked;
import static io.nnnco.nhub.spring.PropertyValues.text;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.CredentialsSource;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.identity.WatchedIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;

/** The credentials that {@code nhub.credentials} names. */
final class PropertiesCredentials {
  private static final String PREFIX = "nhub.credentials.";
  private static final String CERT_MANAGERS = "tls.crt";

  private final NHubProperties.Credentials properties;
  private final Function<String, SslBundle> bundles;

  /**
   * Reads nothing yet.
   *
   * @param properties the names
   * @param bundles the SSL bundles by name; throws if there is none with this name
   */
  PropertiesCredentials(
      NHubProperties.Credentials properties, Function<String, SslBundle> bundles) {
    this.properties = properties;
    this.bundles = bundles;
  }

  /** Null if no property is set. */
  @Nullable Credentials read() {
    String directory = text(properties.directory());
    String username = text(properties.username());
    String bundle = bundleName();
    if (directory != null) {
      return checkedDirectory(this::ofDirectory);
    }
    if (username != null || text(properties.token()) != null) {
      return ofToken(username, bundle);
    }
    return bundle == null
        ? null
        : checkedBundle(() -> SslBundleCredentials.identity(found(bundle)));
  }

  @Nullable String bundleName() {
    return text(properties.sslBundle());
  }

  /** The credentials after a bundle has changed. */
  Credentials renewed(SslBundle bundle) {
    String username = text(properties.username());
    return username == null
        ? SslBundleCredentials.identity(bundle)
        : SslBundleCredentials.login(username, token(), bundle);
  }

  private static void refuseBeside(String one, String other, @Nullable String value) {
    if (value != null) {
      throw new NHubConfigurationException(
          PREFIX + other,
          "It contradicts " + PREFIX + one + ": there can be one kind of credentials.",
          "Remove one of the two.",
          null);
    }
  }

  /** The directory, if it is to be watched; null if it is not, or there is none. */
  @Nullable CredentialsSource watched() {
    String directory = text(properties.directory());
    if (directory == null || !properties.watch()) {
      return null;
    }
    WatchedIdentity files = WatchedIdentity.in(directory());
    String password = properties.keyPassword();
    WatchedIdentity readable =
        password == null ? files : files.withKeyPassword(password.toCharArray());
    return client -> checkedDirectory(() -> readable.begin(client));
  }

  /** The directory, which is set. */
  Path directory() {
    refuseBeside("directory", "username", text(properties.username()));
    refuseBeside("directory", "ssl-bundle", bundleName());
    return path(Objects.requireNonNull(text(properties.directory())));
  }

  private ClientIdentity ofDirectory() {
    Path path = directory();
    char[] password =
        properties.keyPassword() == null ? null : properties.keyPassword().toCharArray();
    boolean certManagers =
        Files.exists(path.resolve(CERT_MANAGERS))
            && !Files.exists(path.resolve(ClientIdentity.CERTIFICATE_FILE));
    if (!certManagers) {
      return password == null ? ClientIdentity.load(path) : ClientIdentity.load(path, password);
    }
    Path certificate = path.resolve(CERT_MANAGERS);
    Path key = path.resolve("tls.key");
    Path ca = path.resolve(ClientIdentity.CA_FILE);
    return password == null
        ? ClientIdentity.load(certificate, key, ca)
        : ClientIdentity.load(certificate, key, ca, password);
  }

  private static <T> T checkedDirectory(Supplier<T> reading) {
    return checked(
        PREFIX + "directory",
        "Set it to the directory with client.crt, client.key and ca.crt.",
        reading);
  }

  private Credentials ofToken(@Nullable String username, @Nullable String bundle) {
    if (username == null) {
      throw missing("username", "token");
    }
    Secret token = token();
    if (bundle != null) {
      return checkedBundle(() -> SslBundleCredentials.login(username, token, found(bundle)));
    }
    String ca = text(properties.ca());
    if (ca == null) {
      throw new NHubConfigurationException(
          PREFIX + "ca",
          "It is not set, and the bridge's certificate does not chain to a public CA.",
          "Set it to the file with the platform's CA certificate, or set " + PREFIX + "ssl-bundle.",
          null);
    }
    return checked(
        PREFIX + "ca",
        "Set it to the file with the platform's CA certificate.",
        () -> UsernamePassword.load(username, token, path(ca)));
  }

  private Secret token() {
    String token = text(properties.token());
    if (token == null) {
      throw missing("token", "username");
    }
    return checked(PREFIX + "token", "Set it to the token alone.", () -> Secret.of(token));
  }

  private static NHubConfigurationException missing(String name, String other) {
    return new NHubConfigurationException(
        PREFIX + name,
        "It is not set, but " + PREFIX + other + " is.",
        "Set both, or neither.",
        null);
  }

  private static Path path(String text) {
    return Path.of(text.startsWith("file:") ? text.substring("file:".length()) : text);
  }

  private SslBundle found(String name) {
    try {
      return bundles.apply(name);
    } catch (NoSuchSslBundleException e) {
      throw new NHubConfigurationException(
          PREFIX + "ssl-bundle",
          "There is no SSL bundle \"" + name + "\".",
          "Define it under spring.ssl.bundle.pem."
              + name
              + " or spring.ssl.bundle.jks."
              + name
              + ".",
          e);
    }
  }

  private static Credentials checkedBundle(Supplier<Credentials> credentials) {
    return checked(
        PREFIX + "ssl-bundle",
        "Give the bundle a key store with the client's certificate and key, and a trust store with"
            + " the platform's CA.",
        credentials);
  }
}
