package io.nnnco.nhub.management;

import io.nnnco.nhub.core.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The API key to create. Immutable; {@code with…} methods return a changed copy.
 *
 * @param username the key's name, such as {@code svc-mqtt-prod}
 * @param serviceAccount whether it is a service account; true by default, as the platform documents
 * @param extraFields further fields to send, which this version of the SDK does not know; empty by
 *     default
 */
public record ApiKeySpec(
    String username, boolean serviceAccount, Map<String, JsonValue> extraFields) {

  /**
   * Checks the name and copies the fields.
   *
   * @param username the key's name; not blank
   * @param serviceAccount whether it is a service account
   * @param extraFields further fields to send
   * @throws IllegalArgumentException if the name is blank
   */
  public ApiKeySpec {
    Objects.requireNonNull(username, "username");
    if (username.isBlank()) {
      throw new IllegalArgumentException("An API key needs a username.");
    }
    extraFields = Collections.unmodifiableMap(new LinkedHashMap<>(extraFields));
  }

  /**
   * Creates the spec of a service account with this name.
   *
   * @param username the key's name; not blank
   * @return the spec
   * @throws IllegalArgumentException if the name is blank
   */
  public static ApiKeySpec of(String username) {
    return new ApiKeySpec(username, true, Map.of());
  }

  /**
   * Returns this spec with another kind of account.
   *
   * @param value whether it is a service account
   * @return the changed copy
   */
  public ApiKeySpec withServiceAccount(boolean value) {
    return new ApiKeySpec(username, value, extraFields);
  }

  /**
   * Returns this spec with one more field, sent unchanged.
   *
   * @param name the field's name in the request
   * @param value its value
   * @return the changed copy
   */
  public ApiKeySpec withField(String name, JsonValue value) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(extraFields);
    fields.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
    return new ApiKeySpec(username, serviceAccount, fields);
  }

  /** The spec, with only the names of the extra fields. */
  @Override
  public String toString() {
    return "ApiKeySpec[username="
        + username
        + ", serviceAccount="
        + serviceAccount
        + ", extraFields="
        + extraFields.keySet()
        + "]";
  }
}
