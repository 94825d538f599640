package io.nnnco.nhub.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.management.CertificatePage;
import io.nnnco.nhub.management.MqttCertificate;
import io.nnnco.nhub.management.UnreadableAnswerException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Spliterator;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Reads the list of certificates page by page (rule R8), never leaving the configured origin. */
final class CertificatePages {
  private final RestApi api;
  private final HttpUrl first;
  private final CertificateJson json;
  private final Answers answers = new Answers();

  CertificatePages(RestApi api, HttpUrl first, CertificateJson json) {
    this.api = api;
    this.first = first;
    this.json = json;
  }

  /** The entries of a page and where the next one is, or null after the last. */
  record Page(List<MqttCertificate> entries, OptionalLong total, @Nullable HttpUrl next) {}

  Spliterator<MqttCertificate> all() {
    return new PagedSpliterator(first, numbered(1), url -> read(url, true));
  }

  CertificatePage page(int number) {
    Page page = read(numbered(number), number == 1);
    return new CertificatePage(number, page.entries(), page.total(), page.next() != null);
  }

  private HttpUrl numbered(int number) {
    return first.newBuilder().setQueryParameter("page", Integer.toString(number)).build();
  }

  private Page read(HttpUrl url, boolean bareArrayIsThisPage) {
    ApiResponse response = api.call(ApiRequest.get(url));
    JsonNode body = answers.body(response);
    if (body.isArray()) {
      List<MqttCertificate> all = entries(body, response);
      return new Page(bareArrayIsThisPage ? all : List.of(), OptionalLong.of(all.size()), null);
    }
    JsonNode results = body.path("results");
    if (!results.isArray()) {
      throw unreadable(response, "The answer is neither a page of results nor a list.");
    }
    JsonNode count = body.path("count");
    return new Page(
        entries(results, response),
        count.canConvertToLong() ? OptionalLong.of(count.longValue()) : OptionalLong.empty(),
        next(body.path("next"), url, response));
  }

  private List<MqttCertificate> entries(JsonNode array, ApiResponse response) {
    List<MqttCertificate> entries = new ArrayList<>(array.size());
    for (JsonNode entry : array) {
      if (!entry.isObject()) {
        throw unreadable(response, "An entry of the list is not a JSON object.");
      }
      entries.add(json.listed(entry, response, api.now()));
    }
    return entries;
  }

  /** Behind a proxy the link may name another host or scheme: only its path and query are used. */
  private @Nullable HttpUrl next(JsonNode link, HttpUrl current, ApiResponse response) {
    if (link.isNull() || link.isMissingNode() || link.asText("").isBlank()) {
      return null;
    }
    HttpUrl target = link.isTextual() ? current.resolve(link.textValue()) : null;
    if (target == null) {
      throw unreadable(response, "The link to the next page is not an address.");
    }
    return api.base()
        .newBuilder()
        .encodedPath(target.encodedPath())
        .encodedQuery(target.encodedQuery())
        .build();
  }

  private static UnreadableAnswerException unreadable(ApiResponse response, String problem) {
    return new UnreadableAnswerException(response.call(), problem);
  }
}
