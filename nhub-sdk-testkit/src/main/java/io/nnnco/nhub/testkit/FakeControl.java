package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.testkit.internal.control.ControlApi;
import io.nnnco.nhub.testkit.internal.control.page.FakePage;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a fake's control API is: HTTP for other languages, in the words of this package. It serves
 * its own description at {@code address/openapi.json}. See {@link FakeNHubBuilder#control()}.
 *
 * @param address the address, with its version and without a slash at the end, such as {@code
 *     http://127.0.0.1:8000/control/v1}
 * @param token what a request must show: {@code Authorization: Bearer TOKEN}
 */
public record FakeControl(URI address, Secret token) {

  /**
   * {@return the address of the page for people, to open in a browser} It ends with the token in
   * its fragment, so treat it as one.
   */
  public URI page() {
    return FakePage.address(address, token);
  }

  static FakeControl of(ControlApi api) {
    return new FakeControl(api.address(), api.token());
  }

  static IllegalStateException none() {
    return new IllegalStateException(
        "This fake has no control API: start it with FakeNHub.builder().control().start().");
  }

  /**
   * What to start.
   *
   * @param port the port; 0 for any free one
   * @param token the token; null for the fake's own
   */
  record Options(int port, @Nullable Secret token) {
    Options withPort(int otherPort) {
      return new Options(otherPort, token);
    }

    Options withToken(Secret otherToken) {
      return new Options(port, otherToken);
    }
  }
}
