package io.nnnco.nhub.core;

import io.nnnco.nhub.core.internal.HostName;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of an N-Hub: its management API and its MQTT bridge.
 *
 * <p>Immutable.
 *
 * @param api the management API's base, {@code https://api.<name>.nnnco.io/api/v4/manage/} for a
 *     hosted environment; ends in a slash
 * @param mqttHost the MQTT bridge's host name or address, {@code mqtt.<name>.nnnco.io}
 * @param mqttPort the MQTT bridge's port, 8883 for a hosted environment
 */
public record NHubEnvironment(URI api, String mqttHost, int mqttPort) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
  private static final Pattern PORT = Pattern.compile(":(\\d+)$");
  private static final String API_PATH = "/api/v4/manage/";

  /**
   * Checks the addresses.
   *
   * @param api the management API's base; a missing slash at its end is added
   * @param mqttHost the MQTT bridge's host name or address
   * @param mqttPort the MQTT bridge's port
   * @throws IllegalArgumentException if the API is not an absolute {@code https} address (or {@code
   *     http} on this machine), or carries credentials, a query or a fragment, or if the host or
   *     port is not valid
   */
  public NHubEnvironment {
    Objects.requireNonNull(api, "api");
    Objects.requireNonNull(mqttHost, "mqttHost");
    requireSafe(api);
    if (!api.getRawPath().endsWith("/")) {
      api = URI.create(api + "/");
    }
    HostName.require("the host of a bridge", mqttHost);
    if (mqttPort < 1 || mqttPort > 65_535) {
      throw new IllegalArgumentException("Not a port: " + mqttPort + ". It is 1 to 65,535.");
    }
  }

  /**
   * Creates a hosted environment from its name.
   *
   * @param name such as {@code dev-au-03}
   * @return the environment, with the documented addresses
   * @throws IllegalArgumentException if the name cannot be part of a host name
   */
  public static NHubEnvironment of(String name) {
    Objects.requireNonNull(name, "name");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Not an environment's name: \"" + name + "\". It is a short name such as dev-au-03.");
    }
    return new NHubEnvironment(
        URI.create("https://api." + name + ".nnnco.io" + API_PATH),
        "mqtt." + name + ".nnnco.io",
        8883);
  }

  /**
   * Creates an environment from its addresses, such as a fake or a private installation.
   *
   * @param api the management API's base, such as {@code http://localhost:8080/api/v4/manage/}
   * @param mqttHost the bridge's host
   * @param mqttPort the bridge's port
   * @return the environment
   * @throws IllegalArgumentException if an address is not usable, see the constructor
   */
  public static NHubEnvironment at(URI api, String mqttHost, int mqttPort) {
    return new NHubEnvironment(api, mqttHost, mqttPort);
  }

  private static void requireSafe(URI api) {
    String scheme = api.getScheme() == null ? "" : api.getScheme().toLowerCase(Locale.ROOT);
    String host = api.getHost();
    requirePort(api.getRawAuthority());
    if (host == null && api.getRawAuthority() != null && api.getRawUserInfo() == null) {
      HostName.require("the host of an API", withoutPort(api.getRawAuthority()));
      throw new IllegalArgumentException(
          "Not the host of an API: in a web address no host may have an underscore, and its last label"
              + " begins with a letter.");
    }
    if (host == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException(
          "The API's address must begin with https:// and a host, such as"
              + " https://api.example.com/api/v4/manage/.");
    }
    HostName.require("the host of an API", host);
    if (scheme.equals("http") && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "The API at " + host + " must be asked over https: the token would travel in the clear.");
    }
    if (api.getRawUserInfo() != null || api.getRawQuery() != null || api.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "The API's address must not contain credentials, a query or a fragment.");
    }
  }

  private static void requirePort(@Nullable String authority) {
    Matcher port = PORT.matcher(authority == null ? "" : authority);
    if (port.find() && !isPort(port.group(1))) {
      throw new IllegalArgumentException(
          "The port in the API's address is not one. It is 1 to 65,535, or left out.");
    }
  }

  private static boolean isPort(String digits) {
    long port = digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    return port >= 1 && port <= 65_535;
  }

  private static String withoutPort(String authority) {
    return authority.replaceFirst(":\\d*$", "");
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.\\d{1,3}){3}");
  }
}
