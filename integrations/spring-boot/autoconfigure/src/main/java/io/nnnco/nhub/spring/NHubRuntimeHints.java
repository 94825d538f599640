package io.nnnco.nhub.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.ResourceHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * What the SDK and Paho reach by reflection or as a resource, for native images. Listener methods,
 * properties and the endpoint need no mention: Spring finds them by their annotations.
 */
final class NHubRuntimeHints implements RuntimeHintsRegistrar {
  private static final String PAHO = "org.eclipse.paho.mqttv5.";

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
    hints.resources().registerPattern("io/nnnco/nhub/management/internal/version.txt");
    // Whose presence says whether there is a flight recorder.
    hints.reflection().registerType(TypeReference.of("jdk.jfr.Event"));
    virtualThreads(hints.reflection());
    pahoClasses(hints.reflection());
    pahoResources(hints.resources());
  }

  /** The SDK is compiled for Java 17, which has none of these. */
  private static void virtualThreads(ReflectionHints reflection) {
    reflection.registerType(
        Thread.class, type -> type.withMethod("ofVirtual", List.of(), ExecutableMode.INVOKE));
    reflection.registerType(
        TypeReference.of("java.lang.Thread$Builder"),
        type ->
            type.withMethod(
                    "name", TypeReference.listOf(String.class, long.class), ExecutableMode.INVOKE)
                .withMethod(
                    "inheritInheritableThreadLocals",
                    TypeReference.listOf(boolean.class),
                    ExecutableMode.INVOKE)
                .withMethod("factory", List.of(), ExecutableMode.INVOKE));
  }

  private static void pahoClasses(ReflectionHints reflection) {
    for (String name :
        List.of(
            "client.logging.JSR47Logger",
            "client.internal.ResourceBundleCatalog",
            "client.internal.TCPNetworkModuleFactory",
            "client.internal.SSLNetworkModuleFactory",
            "client.websocket.WebSocketNetworkModuleFactory",
            "client.websocket.WebSocketSecureNetworkModuleFactory")) {
      reflection.registerType(
          TypeReference.of(PAHO + name), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
    }
  }

  private static void pahoResources(ResourceHints resources) {
    resources.registerPattern("META-INF/services/" + PAHO + "client.spi.NetworkModuleFactory");
    resources.registerResourceBundle(PAHO + "client.internal.nls.logcat");
    resources.registerResourceBundle(PAHO + "common.nls.messages");
  }
}
