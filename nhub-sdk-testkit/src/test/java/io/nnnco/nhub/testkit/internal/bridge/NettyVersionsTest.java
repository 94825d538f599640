package io.nnnco.nhub.testkit.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NettyVersionsTest {
  @Test
  void warning_41And42Together_namesTheJarsAndTheImport() {
    String warning =
        NettyVersions.warning(
            new TreeMap<>(
                Map.of(
                    "netty-transport", "4.1.140.Final",
                    "netty-handler", "4.2.20.Final",
                    "netty-codec-mqtt", "4.2.20.Final")));

    assertEquals(
        "Jars of Netty 4.1 and 4.2 are mixed: netty-codec-mqtt 4.2.20.Final, netty-handler"
            + " 4.2.20.Final, netty-transport 4.1.140.Final. Connections may hang or break with an"
            + " IllegalAccessError. Import io.netty:netty-bom, of the version that your application"
            + " needs, in your dependency management.",
        warning);
  }

  @Test
  void warning_oneLine_isNone() {
    assertNull(
        NettyVersions.warning(
            Map.of("netty-transport", "4.1.130.Final", "netty-handler", "4.1.138.Final")));
    assertNull(NettyVersions.warning(Map.of()));
  }

  @Test
  void present_theseTests_haveEachJarInOneLine() {
    Map<String, String> present = NettyVersions.present();

    assertEquals(5, present.size(), present::toString);
    assertTrue(present.values().stream().allMatch(v -> v.startsWith("4.")), present::toString);
    assertNull(NettyVersions.warning(present));
  }
}
