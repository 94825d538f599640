package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonBoolean;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.JsonValue.JsonString;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.management.ApiKey;
import io.nnnco.nhub.management.ApiKeySpec;
import io.nnnco.nhub.management.ApiKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** API keys over REST. */
public final class RestApiKeys implements ApiKeys {
  private final RestApi api;
  private final Responses responses = new Responses();

  /** Calls this API. */
  public RestApiKeys(RestApi api) {
    this.api = api;
  }

  @Override
  public ApiKey create(ApiKeySpec spec) {
    Map<String, JsonValue> body = new LinkedHashMap<>();
    body.put("username", new JsonString(spec.username()));
    body.put("is_service_account", new JsonBoolean(spec.serviceAccount()));
    body.putAll(spec.extraFields());
    ApiRequest request =
        ApiRequest.post(Endpoint.USERS, api.url(Endpoint.USERS), new JsonObject(body).toString());
    ResponseFields fields = responses.object(api.call(request));
    String id = fields.requiredText("id");
    String username = fields.text("username");
    Secret token = secret(fields);
    return new ApiKey(id, username == null ? spec.username() : username, token, fields.rest());
  }

  private static @Nullable Secret secret(ResponseFields fields) {
    String token = fields.text("token");
    try {
      return token == null ? null : Secret.of(token.strip());
    } catch (IllegalArgumentException e) {
      throw ApiErrors.unreadable(fields.call(), "The token in the response is not valid.");
    }
  }
}
