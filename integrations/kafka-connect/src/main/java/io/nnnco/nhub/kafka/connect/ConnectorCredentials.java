package io.nnnco.nhub.kafka.connect;

import io.nnnco.nhub.NHubClientBuilder;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.identity.WatchedIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The credentials that a configuration names: a directory, PEM texts, or user name and token. */
final class ConnectorCredentials {
  private final ConnectorConfig config;

  ConnectorCredentials(ConnectorConfig config) {
    this.config = config;
  }

  /** The field that decides which kind of credentials there are; to report what is wrong. */
  String field() {
    return config.text(Fields.DIRECTORY) != null
        ? Fields.DIRECTORY
        : usesToken() ? Fields.TOKEN : Fields.CERTIFICATE;
  }

  boolean usesToken() {
    return config.text(Fields.USERNAME) != null || config.secret(Fields.TOKEN) != null;
  }

  private boolean usesTexts() {
    return config.text(Fields.CERTIFICATE) != null || config.secret(Fields.KEY) != null;
  }

  /**
   * Checks that the fields belong together, and reads no file.
   *
   * @throws FieldException if they do not
   */
  void check() {
    boolean directory = config.text(Fields.DIRECTORY) != null;
    long kinds = Stream.of(directory, usesToken(), usesTexts()).filter(used -> used).count();
    if (kinds == 0) {
      throw new FieldException(
          Fields.DIRECTORY,
          "There are no credentials. Set it to the directory with client.crt, client.key and"
              + " ca.crt, or set nhub.credentials.username, .token and .ca.");
    }
    if (kinds > 1) {
      throw new FieldException(
          directory ? Fields.DIRECTORY : Fields.CERTIFICATE,
          "There can be one kind of credentials: a directory, a certificate as text, or user name"
              + " and token. Remove the others.");
    }
    if (usesToken()) {
      require(Fields.USERNAME, config.text(Fields.USERNAME), Fields.TOKEN);
      require(Fields.TOKEN, config.secret(Fields.TOKEN), Fields.USERNAME);
    }
    if (usesTexts()) {
      require(Fields.CERTIFICATE, config.text(Fields.CERTIFICATE), Fields.KEY);
      require(Fields.KEY, config.secret(Fields.KEY), Fields.CERTIFICATE);
    }
    if (!directory && config.text(Fields.CA) == null) {
      throw new FieldException(
          Fields.CA,
          "It is not set, and the bridge's certificate does not chain to a public CA. Set it to the"
              + " platform's CA certificate, as PEM text or as the path of a file.");
    }
  }

  private static void require(String field, @Nullable String value, String other) {
    if (value == null) {
      throw new FieldException(field, "It is not set, but " + other + " is. Set both.");
    }
  }

  /** Gives them to a client; those in a directory are followed when they change. */
  void giveTo(NHubClientBuilder client) {
    String directory = config.text(Fields.DIRECTORY);
    if (directory == null) {
      client.credentials(read());
      return;
    }
    WatchedIdentity identity = WatchedIdentity.in(path(Fields.DIRECTORY, directory));
    String password = config.secret(Fields.KEY_PASSWORD);
    client.credentials(
        password == null ? identity : identity.withKeyPassword(password.toCharArray()));
  }

  /**
   * Reads them.
   *
   * @throws FieldException if the fields do not belong together
   * @throws io.nnnco.nhub.core.NHubException if a file or a text cannot be used
   */
  Credentials read() {
    check();
    String password = config.secret(Fields.KEY_PASSWORD);
    String directory = config.text(Fields.DIRECTORY);
    if (directory != null) {
      Path path = path(Fields.DIRECTORY, directory);
      return password == null
          ? ClientIdentity.load(path)
          : ClientIdentity.load(path, password.toCharArray());
    }
    String ca = present(config.text(Fields.CA));
    if (usesToken()) {
      String username = present(config.text(Fields.USERNAME));
      Secret token = token();
      return UsernamePassword.of(username, token, pem(ca));
    }
    String certificate = present(config.text(Fields.CERTIFICATE));
    String key = present(config.secret(Fields.KEY));
    return password == null
        ? ClientIdentity.fromPem(certificate, key, pem(ca))
        : ClientIdentity.fromPem(certificate, key, pem(ca), password.toCharArray());
  }

  private Secret token() {
    try {
      return Secret.of(present(config.secret(Fields.TOKEN)));
    } catch (IllegalArgumentException e) {
      throw new FieldException(Fields.TOKEN, String.valueOf(e.getMessage()));
    }
  }

  /** The text itself, or that of the file. */
  private static String pem(String ca) {
    if (ca.contains("-----BEGIN")) {
      return ca;
    }
    Path file = path(Fields.CA, ca);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new FieldException(Fields.CA, "The file " + file + " cannot be read: " + e + ".");
    }
  }

  private static String present(@Nullable String checked) {
    if (checked == null) {
      throw new IllegalStateException("Checked before");
    }
    return checked;
  }

  private static Path path(String field, String text) {
    try {
      return Path.of(text.startsWith("file:") ? text.substring("file:".length()) : text);
    } catch (InvalidPathException e) {
      throw new FieldException(field, "Not a path: " + text + ".");
    }
  }
}
