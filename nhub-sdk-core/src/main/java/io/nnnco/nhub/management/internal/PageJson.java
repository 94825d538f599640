package io.nnnco.nhub.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The fields around the results of a page, in the styles that paged APIs use. */
record PageJson(JsonNode body) {
  private static final List<String> TOTALS =
      List.of("/count", "/total", "/total_count", "/meta/count", "/meta/total");
  private static final List<String> LINKS = List.of("/next", "/links/next", "/_links/next");
  private static final List<String> MORE = List.of("/has_next", "/has_more", "/meta/has_more");

  /** The results, or a node that is not an array. */
  JsonNode results() {
    return body.path("results");
  }

  /**
   * The number of entries on all pages: the greatest number, because one may count only this
   * page's.
   */
  OptionalLong total() {
    return TOTALS.stream()
        .map(body::at)
        .filter(JsonNode::isIntegralNumber)
        .filter(JsonNode::canConvertToLong)
        .mapToLong(JsonNode::longValue)
        .max();
  }

  /** The link to the next page, which may be of any type; null if there is none. */
  @Nullable JsonNode next() {
    for (String place : LINKS) {
      JsonNode link = body.at(place);
      JsonNode address = link.isObject() ? link.path("href") : link;
      if (!address.isNull() && !address.isMissingNode() && !isBlank(address)) {
        return address;
      }
    }
    return null;
  }

  /** Whether the response says that there are more entries, if only by a flag. */
  boolean goesOn() {
    return next() != null || MORE.stream().anyMatch(place -> body.at(place).asBoolean(false));
  }

  private static boolean isBlank(JsonNode text) {
    return text.isTextual() && text.textValue().isBlank();
  }
}
