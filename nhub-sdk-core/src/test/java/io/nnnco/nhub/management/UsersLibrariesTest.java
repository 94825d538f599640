package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import kotlin.Unit;
import okhttp3.OkHttpClient;
import okio.ByteString;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.oer.OEROptional;
import org.bouncycastle.openssl.PEMParser;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

/**
 * The libraries that a user's build may put in place of ours, each set in a class loader of its
 * own. Maven keeps {@code okhttp} 4.12 beside our {@code okhttp-jvm}, so both are there then, and
 * the order of the user's dependencies decides. The jars are copied by the build.
 */
final class UsersLibrariesTest {
  private static final Path JARS = Path.of("target", "users-libraries");
  private static final List<Class<?>> OUR_OKHTTP =
      List.of(OkHttpClient.class, ByteString.class, Unit.class);
  private static final List<Class<?>> OUR_JACKSON =
      List.of(JsonFactory.class, JsonNode.class, JsonProperty.class);
  private static final List<Class<?>> THE_REST =
      List.of(
          Management.class,
          UsersLibrariesProbe.class,
          PEMParser.class,
          OEROptional.class,
          BouncyCastleProvider.class,
          Logger.class);

  @ParameterizedTest
  @CsvSource({
    "okhttp-4.12.0 okio-jvm-3.6.0 kotlin-stdlib-1.9.10,       ''",
    "okhttp-4.12.0 okio-jvm-3.6.0 kotlin-stdlib-1.9.10,       2.15.4",
    "okhttp-jvm-5.0.0 okio-jvm-3.15.0 kotlin-stdlib-2.2.0,    ''",
    "okhttp-jvm-5.0.0 okio-jvm-3.15.0 kotlin-stdlib-2.2.0,    2.15.4",
    "okhttp-jvm-5.1.0 okio-jvm-3.15.0 kotlin-stdlib-2.2.0,    ''",
    "okhttp-jvm-5.1.0 okio-jvm-3.15.0 kotlin-stdlib-2.2.0,    2.15.4",
    "okhttp-jvm-5.3.2 okio-jvm-3.16.4 kotlin-stdlib-2.2.21,   ''",
    "okhttp-jvm-5.3.2 okio-jvm-3.16.4 kotlin-stdlib-2.2.21,   2.15.4",
    "'',                                                      ''",
    "'',                                                      2.15.4",
  })
  void calls_usersOkHttpAndJackson_work(
      String okHttp, String jackson, @TempDir(factory = InMemory.class) Path directory)
      throws Exception {
    List<URL> classPath = new ArrayList<>();
    if (!okHttp.isEmpty()) {
      for (String jar : okHttp.split(" ", -1)) {
        classPath.add(copied(jar));
      }
    }
    if (!jackson.isEmpty()) {
      for (String part : List.of("core", "databind", "annotations")) {
        classPath.add(copied("jackson-" + part + "-" + jackson));
      }
    }
    Stream.of(OUR_OKHTTP, jackson.isEmpty() ? OUR_JACKSON : List.<Class<?>>of(), THE_REST)
        .flatMap(List::stream)
        .map(UsersLibrariesTest::home)
        .forEach(classPath::add);

    assertWorks(classPath, directory);
  }

  @ParameterizedTest
  @CsvSource({"4.12.0"})
  void calls_usersOkHttpBehindOurs_work(
      String version, @TempDir(factory = InMemory.class) Path directory) throws Exception {
    List<URL> classPath = new ArrayList<>();
    Stream.of(OUR_OKHTTP, OUR_JACKSON, THE_REST)
        .flatMap(List::stream)
        .map(UsersLibrariesTest::home)
        .forEach(classPath::add);
    classPath.add(copied("okhttp-" + version));

    assertWorks(classPath, directory);
  }

  private static void assertWorks(List<URL> classPath, Path directory) throws Exception {
    try (LossyPlatform platform = new LossyPlatform();
        URLClassLoader loader =
            new URLClassLoader(
                classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Method run =
          loader
              .loadClass(UsersLibrariesProbe.class.getName())
              .getDeclaredMethod("run", String.class, String.class);
      run.setAccessible(true);

      Object told = run.invoke(null, platform.environment().api().toString(), directory.toString());

      assertEquals("c-1 [c-1] NHUB-API-004", told);
      assertTrue(Files.exists(directory.resolve("client.key")));
      assertFalse(Files.exists(directory.resolve(".issue-intent")));
      assertEquals(List.of(), platform.active());
    }
  }

  private static URL copied(String jar) throws MalformedURLException {
    Path path = JARS.resolve(jar + ".jar");
    assertTrue(Files.exists(path), path + ": ./mvnw generate-test-resources copies it there");
    return path.toUri().toURL();
  }

  private static URL home(Class<?> type) {
    return Objects.requireNonNull(type.getProtectionDomain().getCodeSource()).getLocation();
  }
}
