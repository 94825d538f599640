package io.nnnco.nhub.management;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The platform refused the request's fields (HTTP 400, rules R2 and R5). Nothing was made. */
public sealed class InvalidRequestException extends ManagementException
    permits CertificateLimitException {
  private static final long serialVersionUID = 1L;

  /** The messages, in types that serialize. */
  private final LinkedHashMap<String, ArrayList<String>> fieldErrors;

  /**
   * The error.
   *
   * @param call the request and its response
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param fieldErrors the messages of each field, as the platform gave them
   */
  public InvalidRequestException(
      ApiCall call, String problem, Map<String, List<String>> fieldErrors) {
    this(CoreErrorCode.API_INVALID_REQUEST, call, problem, fieldErrors);
  }

  InvalidRequestException(
      ErrorCode code, ApiCall call, String problem, Map<String, List<String>> fieldErrors) {
    super(code, call, problem, false, null);
    this.fieldErrors = new LinkedHashMap<>();
    fieldErrors.forEach(
        (field, messages) -> this.fieldErrors.put(field, new ArrayList<>(messages)));
  }

  /**
   * What the platform says of each field, in its own words.
   *
   * @return field name to messages, in the order they came; {@code non_field_errors} for what is
   *     about the request as a whole; empty if the response had no such map
   */
  public final Map<String, List<String>> fieldErrors() {
    return Collections.unmodifiableMap(fieldErrors);
  }
}
