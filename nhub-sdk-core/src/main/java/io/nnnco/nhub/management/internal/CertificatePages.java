package io.nnnco.nhub.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.management.ApiCall;
import io.nnnco.nhub.management.CertificatePage;
import io.nnnco.nhub.management.ManagementException;
import io.nnnco.nhub.management.MqttCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Spliterator;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Reads the list of certificates page by page, never leaving the configured origin. */
final class CertificatePages {
  private static final int MAX_LINK = 4_096;

  private final RestApi api;
  private final HttpUrl first;
  private final CertificateParser json;
  private final Responses responses = new Responses();

  CertificatePages(RestApi api, HttpUrl first, CertificateParser json) {
    this.api = api;
    this.first = first;
    this.json = json;
  }

  /**
   * A page.
   *
   * @param total how many entries the list claims to have on all pages
   * @param goesOn whether the list says that there are more
   * @param next the link to the next page, or null
   */
  record Page(
      ApiCall call,
      List<MqttCertificate> entries,
      int bytes,
      OptionalLong total,
      boolean goesOn,
      @Nullable HttpUrl next) {}

  Spliterator<MqttCertificate> all() {
    return new PagedSpliterator(new Listing(this, api, first, numbered(1)));
  }

  CertificatePage page(int number) {
    Page page = read(numbered(number), number == 1);
    int size = page.entries().size();
    if (number == 1 && !page.goesOn() && page.total().orElse(size) > size) {
      throw ApiErrors.unreadable(
          page.call(), "The page has fewer entries than it says there are, and no next page.");
    }
    return new CertificatePage(number, page.entries(), page.total(), page.goesOn());
  }

  private HttpUrl numbered(int number) {
    return first.newBuilder().setQueryParameter("page", Integer.toString(number)).build();
  }

  Page read(HttpUrl url, boolean bareArrayIsThisPage) {
    ApiResponse response = api.call(ApiRequest.get(Endpoint.CERTIFICATES, url));
    JsonNode body = responses.body(response);
    int bytes = response.length();
    if (body.isArray()) {
      List<MqttCertificate> all = entries(body, response);
      return new Page(
          response.call(),
          bareArrayIsThisPage ? all : List.of(),
          bytes,
          OptionalLong.of(all.size()),
          false,
          null);
    }
    PageJson page = new PageJson(body);
    if (!page.results().isArray()) {
      throw unreadable(response, "The response is neither a page of results nor a list.");
    }
    return new Page(
        response.call(),
        entries(page.results(), response),
        bytes,
        page.total(),
        page.goesOn(),
        next(page.next(), url, response));
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

  /**
   * Behind a gateway, the link may name another host, scheme or path than the one that leads here:
   * if its path is not the list's, only its query is used, at the list's own address.
   */
  private @Nullable HttpUrl next(@Nullable JsonNode link, HttpUrl current, ApiResponse response) {
    if (link == null) {
      return null;
    }
    boolean readable = link.isTextual() && link.textValue().length() <= MAX_LINK;
    HttpUrl target = readable ? current.resolve(link.textValue()) : null;
    if (target == null) {
      throw unreadable(response, "The link to the next page is not an address.");
    }
    boolean ofTheList = target.encodedPath().startsWith(first.encodedPath());
    if (!ofTheList && target.encodedQuery() == null) {
      throw unreadable(
          response,
          "The link to the next page leads away from " + first.encodedPath() + " without a query.");
    }
    return first
        .newBuilder()
        .encodedPath(ofTheList ? target.encodedPath() : first.encodedPath())
        .encodedQuery(target.encodedQuery())
        .build();
  }

  private static ManagementException unreadable(ApiResponse response, String problem) {
    return ApiErrors.unreadable(response.call(), problem);
  }
}
