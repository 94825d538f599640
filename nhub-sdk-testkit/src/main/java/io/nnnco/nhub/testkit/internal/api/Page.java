package io.nnnco.nhub.testkit.internal.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Page numbers and links (R8 in docs/bridge.md). */
final class Page {
  private static final Pattern NUMBER = Pattern.compile("(?:^|&)page=([^&]*)");

  private Page() {}

  static int numberOf(@Nullable String query, int pages) {
    Matcher matcher = NUMBER.matcher(query == null ? "" : query);
    String number = "";
    while (matcher.find()) {
      number = URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8).strip();
    }
    if (number.isEmpty()) {
      return 1;
    }
    if (number.equals("last")) {
      return pages;
    }
    if (!number.matches("[+]?0*[1-9]\\d{0,8}") || Integer.parseInt(number) > pages) {
      throw Rejection.detail(404, "Invalid page.");
    }
    return Integer.parseInt(number);
  }

  static String address(String list, int page) {
    return page == 1 ? list : list + "?page=" + page;
  }
}
