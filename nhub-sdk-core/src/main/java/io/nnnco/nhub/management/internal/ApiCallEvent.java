package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.management.ApiAttempt;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A request to the management API, for JDK Flight Recorder. */
@Name("io.nnnco.nhub.ApiCall")
@Label("API Call")
@Category("N-Hub")
@Description("A request to the management API, from its start to the end of the response")
@StackTrace(false)
final class ApiCallEvent extends Event {
  @Label("Method")
  @Nullable String method;

  @Label("Endpoint")
  @Description("The path, with a placeholder for each id")
  @Nullable String endpoint;

  @Label("Status")
  @Description("The status of the response; 0 if there was none")
  int status;

  @Label("Error Code")
  @Description("The code of the failure; null if the status is 2xx")
  @Nullable String errorCode;

  @Label("Attempt")
  @Description("1 for the first request of a call")
  int attempt;

  /** A request is sent now; null if that cannot be recorded. */
  static @Nullable ApiCallEvent begun() {
    try {
      ApiCallEvent event = new ApiCallEvent();
      event.begin();
      return event;
    } catch (Throwable t) { // It must not harm what it records.
      return null;
    }
  }

  void ended(ApiAttempt how) {
    try {
      end();
      if (shouldCommit()) {
        method = how.method();
        endpoint = how.endpoint();
        status = how.status() == null ? 0 : how.status();
        errorCode = how.error() == null ? null : how.error().id();
        attempt = how.number();
        commit();
      }
    } catch (Throwable t) {
      // It must not harm what it records.
    }
  }
}
