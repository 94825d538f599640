package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCounted;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Whether the jars of Netty belong together. The test kit runs with 4.1 and with 4.2, but a build
 * tool may resolve some jars for the test kit and others for the application.
 */
final class NettyVersions {
  private static final Map<String, Class<?>> JARS =
      Map.of(
          "netty-buffer", ByteBuf.class,
          "netty-codec-mqtt", MqttMessage.class,
          "netty-common", ReferenceCounted.class,
          "netty-handler", SslHandler.class,
          "netty-transport", Channel.class);

  private NettyVersions() {}

  /** Logs a warning if 4.1 and 4.2 are mixed: what fails then does not name the reason. */
  static void check() {
    String warning = warning(present());
    if (warning != null) {
      LoggerFactory.getLogger(NettyVersions.class).warn(warning);
    }
  }

  /** The version of each jar, by its name; without those that do not tell. */
  static SortedMap<String, String> present() {
    SortedMap<String, String> versions = new TreeMap<>();
    JARS.forEach(
        (jar, type) -> {
          String version = type.getPackage().getImplementationVersion();
          if (version != null) {
            versions.put(jar, version);
          }
        });
    return versions;
  }

  static @Nullable String warning(Map<String, String> versions) {
    SortedSet<String> lines = new TreeSet<>();
    versions.values().forEach(version -> lines.add(line(version)));
    if (lines.size() < 2) {
      return null;
    }
    return "Jars of Netty "
        + String.join(" and ", lines)
        + " are mixed: "
        + versions.entrySet().stream()
            .map(jar -> jar.getKey() + " " + jar.getValue())
            .collect(Collectors.joining(", "))
        + ". Connections may hang or break with an IllegalAccessError. Import io.netty:netty-bom,"
        + " of the version that your application needs, in your dependency management.";
  }

  /** The first two numbers: 4.1 of 4.1.138.Final. */
  private static String line(String version) {
    int end = version.indexOf('.', version.indexOf('.') + 1);
    return end < 0 ? version : version.substring(0, end);
  }
}
