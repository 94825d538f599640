package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule R8: the list of certificates, page by page. */
final class PagingTest extends ManagementFixture {
  private static final String LIST = "/api/v4/manage/mqtt-certificates/";

  private final Certificates certificates = management.certificates();

  private void page(String next, String... ids) {
    String results =
        String.join(",", Stream.of(ids).map(id -> "{\"id\": \"" + id + "\"}").toList());
    String link = next.equals("null") ? "null" : "\"" + next + "\"";
    api.json(200, "{\"next\": " + link + ", \"results\": [" + results + "]}");
  }

  private List<String> ids() {
    return certificates.list().map(MqttCertificate::id).toList();
  }

  @Test
  void list_threePages_areReadAsTheyAreUsed() {
    page(api.server.url(LIST) + "?page=2", "a", "b");
    page(api.server.url(LIST) + "?page=3", "c", "d");
    page("null", "e");

    Iterator<MqttCertificate> list = certificates.list().iterator();
    assertEquals(0, api.server.getRequestCount());
    assertEquals("a", list.next().id());
    assertEquals("b", list.next().id());
    assertEquals(1, api.server.getRequestCount());
    assertEquals("c", list.next().id());
    assertEquals(2, api.server.getRequestCount());
    assertEquals("d", list.next().id());
    assertEquals("e", list.next().id());
    assertFalse(list.hasNext());

    assertEquals(LIST, api.taken().getTarget());
    assertEquals(LIST + "?page=2", api.taken().getTarget());
    assertEquals(LIST + "?page=3", api.taken().getTarget());
  }

  @Test
  void list_bareArray_isOnePage() {
    api.json(200, "[{\"id\": \"a\"}, {\"id\": \"b\"}]");

    assertEquals(List.of("a", "b"), ids());
  }

  @Test
  void list_nextOnAnotherHostOrPath_usesItsQueryAtTheList() throws Exception {
    try (MockWebServer evil = new MockWebServer()) {
      evil.start();
      page("http://127.0.0.1:" + evil.getPort() + "/v4/manage/certs/?page=2&x=%2F", "a");
      page("http://evil.example/certs/?page=3", "b");
      page("http://backend" + LIST + "page/4/", "c");
      page("null", "d");

      assertEquals(List.of("a", "b", "c", "d"), ids());

      assertEquals(0, evil.getRequestCount());
      assertEquals(LIST, api.taken().getTarget());
      assertEquals(LIST + "?page=2&x=%2F", api.taken().getTarget());
      assertEquals(LIST + "?page=3", api.taken().getTarget());
      assertEquals(LIST + "page/4/", api.taken().getTarget());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'links': {'next': '?page=2'}",
        "'_links': {'next': {'href': '?page=2'}}",
        "'next': null, 'links': {'next': '?page=2'}",
      })
  void list_linkOfAnotherStyle_isFollowed(String link) {
    api.json(200, ("{'total': 2, 'results': [{'id': 'a'}], " + link + "}").replace('\'', '"'));
    api.json(200, "{\"total\": 2, \"results\": [{\"id\": \"b\"}]}");

    assertEquals(List.of("a", "b"), ids());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'count': 2",
        "'count': 1, 'total': 2",
        "'links': {'next': null}, 'total': 2",
        "'meta': {'total': 2}",
        "'has_more': true",
      })
  void list_saysItHasMoreThanItGave_givesThatAndThenAnError(String more) {
    api.json(200, ("{" + more + ", 'results': [{'id': 'a'}]}").replace('\'', '"'));
    Iterator<MqttCertificate> list = certificates.list().iterator();

    assertEquals("a", list.next().id());
    Coded.assertThrows(
        ManagementException.class, CoreErrorCode.API_UNREADABLE_RESPONSE, list::hasNext);
  }

  @Test
  void listPage_firstOfOnePageSaysItHasMore_isUnreadable() {
    api.json(200, "{\"count\": 2, \"results\": [{\"id\": \"a\"}]}");

    Coded.assertThrows(
        ManagementException.class,
        CoreErrorCode.API_UNREADABLE_RESPONSE,
        () -> certificates.listPage(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?page=2", "/api/v4/manage/mqtt-certificates/?page=2"})
  void list_relativeNext_isResolved(String next) {
    page(next, "a");
    page("null", "b");

    assertEquals(List.of("a", "b"), ids());

    api.taken();
    assertEquals(LIST + "?page=2", api.taken().getTarget());
  }

  @ParameterizedTest
  @ValueSource(strings = {"?page=1", "/api/v4/manage/mqtt-certificates/", "?page=2", "?page=3"})
  void list_threePagesWithALoop_stopsAfterEachWasReadOnce(String backTo) {
    page("?page=2", "a");
    page("?page=3", "b");
    page(backTo, "c");

    assertEquals(List.of("a", "b", "c"), ids());
    assertEquals(3, api.server.getRequestCount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "ftp://evil.example/", "http://", "/elsewhere/"})
  void list_nextThatIsNoAddress_isUnreadable(String next) {
    page(next, "a");

    Coded.assertThrows(ManagementException.class, CoreErrorCode.API_UNREADABLE_RESPONSE, this::ids);
  }

  @Test
  void list_secondPageFails_givesTheFirstAndThenTheError() {
    page("?page=2", "a");
    api.json(403, "{}");

    Iterator<MqttCertificate> list = certificates.list().iterator();

    assertEquals("a", list.next().id());
    Coded.assertThrows(
        ManagementException.class, CoreErrorCode.API_PERMISSION_DENIED, list::hasNext);
  }

  @Test
  void list_secondPageFailsAndIsAskedForAgain_goesOnThere() {
    page("?page=2", "a");
    api.json(403, "{}");
    page("null", "b");
    Iterator<MqttCertificate> list = certificates.list().iterator();
    assertEquals("a", list.next().id());
    Coded.assertThrows(
        ManagementException.class, CoreErrorCode.API_PERMISSION_DENIED, list::hasNext);

    assertTrue(list.hasNext());

    assertEquals("b", list.next().id());
    assertFalse(list.hasNext());
  }

  @Test
  void list_emptyPages_arePassedOver() {
    page("?page=2");
    page("?page=3");
    page("null", "a");

    assertEquals(List.of("a"), ids());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"results\": {}}", "{\"results\": [1]}", "[[]]", "\"x\""})
  void list_noList_isUnreadable(String body) {
    api.json(200, body);

    Coded.assertThrows(ManagementException.class, CoreErrorCode.API_UNREADABLE_RESPONSE, this::ids);
  }

  @Test
  void listPage_number_asksForItAndTellsTotalAndNext() {
    api.json(
        200,
        "{\"count\": 5, \"next\": \"?page=3\", \"results\": [{\"id\": \"c\"}, {\"id\": \"d\"}]}");

    CertificatePage page = certificates.listPage(2);

    assertEquals(LIST + "?page=2", api.taken().getTarget());
    assertEquals(2, page.number());
    assertEquals(List.of("c", "d"), page.certificates().stream().map(MqttCertificate::id).toList());
    assertEquals(OptionalLong.of(5), page.total());
    assertTrue(page.hasNext());
  }

  @Test
  void listPage_bareArray_isAllOnTheFirstPage() {
    api.json(200, "[{\"id\": \"a\"}]").json(200, "[{\"id\": \"a\"}]");

    assertEquals(1, certificates.listPage(1).certificates().size());
    assertEquals(0, certificates.listPage(2).certificates().size());
  }

  @Test
  void listPage_beyondTheLast_isNotFound() {
    api.json(404, "{\"detail\": \"Invalid page.\"}");

    Coded.assertThrows(
        ManagementException.class, CoreErrorCode.API_NOT_FOUND, () -> certificates.listPage(9));
  }

  @Test
  void listPage_belowOne_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> certificates.listPage(0));
  }
}
