package io.nnnco.nhub.spring;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.CredentialsSource;
import io.nnnco.nhub.management.Management;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the properties say. */
final class PropertiesConnectionDetails implements NHubConnectionDetails, AutoCloseable {
  private static final int DEFAULT_MQTT_PORT = 8883;

  private final NHubProperties properties;
  private final PropertiesCredentials credentials;
  private final @Nullable String applicationName;
  private @Nullable Management management;

  PropertiesConnectionDetails(
      NHubProperties properties,
      PropertiesCredentials credentials,
      @Nullable String applicationName) {
    this.properties = properties;
    this.credentials = credentials;
    this.applicationName = applicationName;
  }

  @Override
  public NHubEnvironment environment() {
    String name = PropertyValues.text(properties.environment());
    String api = PropertyValues.text(properties.apiUrl());
    String mqtt = PropertyValues.text(properties.mqtt());
    if (name != null) {
      if (api != null || mqtt != null) {
        throw new NHubConfigurationException(
            api != null ? "nhub.api-url" : "nhub.mqtt",
            "It contradicts nhub.environment, which gives both addresses.",
            "Remove nhub.environment, or remove nhub.api-url and nhub.mqtt.",
            null);
      }
      return PropertyValues.checked(
          "nhub.environment",
          "Set nhub.environment to the short name of your environment, such as dev-au-03; for"
              + " addresses, set nhub.api-url and nhub.mqtt instead.",
          () -> NHubEnvironment.of(name));
    }
    if (api == null && mqtt == null) {
      throw new NHubConfigurationException(
          "nhub.environment",
          "It is not set.",
          "Set nhub.environment to the name of your environment, such as dev-au-03; or set"
              + " nhub.fake.enabled=true to develop against a fake, with nhub-sdk-testkit on the"
              + " class path; or set nhub.enabled=false to do without N-Hub.",
          null);
    }
    return at(
        required("nhub.api-url", api, "nhub.mqtt"), required("nhub.mqtt", mqtt, "nhub.api-url"));
  }

  private static String required(String property, @Nullable String value, String other) {
    if (value == null) {
      throw new NHubConfigurationException(
          property,
          "It is not set, but " + other + " is.",
          "Set both, or set nhub.environment instead.",
          null);
    }
    return value;
  }

  private static NHubEnvironment at(String api, String mqtt) {
    URI uri =
        PropertyValues.checked(
            "nhub.api-url",
            "Set it to an address such as https://api.example.com/api/v4/manage/.",
            () -> {
              URI parsed = URI.create(api);
              return NHubEnvironment.at(parsed, "localhost", DEFAULT_MQTT_PORT).api();
            });
    return PropertyValues.checked(
        "nhub.mqtt",
        "Set it to a host and a port, such as mqtt.example.com:8883.",
        () -> {
          int colon = mqtt.lastIndexOf(':');
          boolean noPort = colon < 0 || mqtt.endsWith("]");
          String host = noPort ? mqtt : mqtt.substring(0, colon);
          return NHubEnvironment.at(
              uri, host, noPort ? DEFAULT_MQTT_PORT : port(mqtt.substring(colon + 1)));
        });
  }

  private static int port(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Not a port: " + digits + ". It is 1 to 65,535.", e);
    }
  }

  PropertiesCredentials propertiesCredentials() {
    return credentials;
  }

  @Override
  public @Nullable Credentials credentials() {
    return credentials.read();
  }

  @Override
  public synchronized @Nullable CredentialsSource credentialsSource() {
    ManagedCredentials managed =
        ManagedCredentials.of(properties.credentials(), managementToken(), applicationName);
    if (managed == null) {
      return credentials.watched();
    }
    if (management == null) {
      management = managed.management(environment(), PropertiesProxy.of(properties.proxy()));
    }
    return managed.source(
        credentials.directory(),
        management,
        PropertyValues.text(properties.environment()) == null
            ? "nhub.api-url"
            : "nhub.environment");
  }

  /** After the client, which uses what is closed here. */
  @Override
  public synchronized void close() {
    if (management != null) {
      management.close();
      management = null;
    }
  }

  @Override
  public @Nullable Secret managementToken() {
    String token = PropertyValues.text(properties.management().token());
    return token == null
        ? null
        : PropertyValues.checked(
            "nhub.management.token", "Set it to the token alone.", () -> Secret.of(token));
  }
}
