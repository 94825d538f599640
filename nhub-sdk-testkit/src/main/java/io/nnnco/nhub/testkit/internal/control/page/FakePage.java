package io.nnnco.nhub.testkit.internal.control.page;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.testkit.internal.control.http.StaticFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The page on which people look at a fake and poke it. It uses the control API as others do. */
public final class FakePage {
  private static final String ENTRANCE = "index.html";
  private static final String FOLDER = "/page/";

  /** Every file, so that no path can lead to another. */
  private static final List<String> NAMES =
      List.of(
          ENTRANCE,
          "api.js",
          "clients.js",
          "clock.js",
          "colours.css",
          "connect-line.js",
          "connection.js",
          "controls.css",
          "credentials.js",
          "devices.js",
          "dialog.js",
          "dom.js",
          "faults.js",
          "fleet.js",
          "focus.js",
          "icon.svg",
          "indented.js",
          "journal.js",
          "layout.css",
          "main.js",
          "message.js",
          "messages.js",
          "meter.js",
          "newest.js",
          "notices.js",
          "once.js",
          "parameters.js",
          "plot.js",
          "publish.js",
          "reset.js",
          "roving.js",
          "rows.css",
          "simulators.js",
          "snapshots.js",
          "stream.js",
          "summary.js",
          "timing.js",
          "token.js",
          "words.js");

  private FakePage() {}

  /** Its files by path. */
  public static Map<String, StaticFile> files() {
    Map<String, StaticFile> files = new LinkedHashMap<>();
    for (String name : NAMES) {
      files.put(name.equals(ENTRANCE) ? "/" : FOLDER + name, StaticFile.of(type(name), read(name)));
    }
    return Map.copyOf(files);
  }

  /** Its address at a control API, with the token in the fragment, which is not sent. */
  public static URI address(URI api, Secret token) {
    try {
      return new URI(api.getScheme(), api.getAuthority(), "/", null, "token=" + token.reveal());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The control API has no address that a browser knows.", e);
    }
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html";
      case "css" -> "text/css";
      case "svg" -> "image/svg+xml";
      default -> "text/javascript";
    };
  }

  private static String read(String name) {
    try (InputStream file =
        Objects.requireNonNull(FakePage.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
