package io.nnnco.nhub.management;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.core.internal.ForeignText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An API key (service account), as returned when it was created. Immutable.
 *
 * @param id the key's id, a UUID; certificates are issued for it
 * @param username the key's name, which is also its MQTT user name
 * @param token the API token, which is the MQTT password; the platform shows it only once, at
 *     creation, so save it now; null if the response had none
 * @param unknownFields the response's other fields; they may be secret, so {@code toString} gives
 *     only their names
 */
public record ApiKey(
    String id, String username, @Nullable Secret token, Map<String, JsonValue> unknownFields) {

  /**
   * Checks that there are an id and a name, and copies the fields.
   *
   * @param id the key's id
   * @param username the key's name
   * @param token the API token, or null
   * @param unknownFields the response's other fields
   */
  public ApiKey {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(username, "username");
    unknownFields = Collections.unmodifiableMap(new LinkedHashMap<>(unknownFields));
  }

  @Override
  public String toString() {
    return "ApiKey[id="
        + ForeignText.shown(id)
        + ", username="
        + ForeignText.shown(username)
        + ", token="
        + token
        + ", unknownFields="
        + ForeignText.shown(unknownFields.keySet())
        + "]";
  }
}
