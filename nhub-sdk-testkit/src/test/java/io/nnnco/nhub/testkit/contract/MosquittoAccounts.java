package io.nnnco.nhub.testkit.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Users, their passwords and their scopes, for mosquitto's dynamic security. Its plain ACL file
 * would not do: with that, mosquitto 2.0 grants every subscription and only withholds the messages.
 */
final class MosquittoAccounts {
  /** Who publishes as the platform. */
  static final String PLATFORM = "platform";

  static final String PASSWORD = "right";
  private static final int ITERATIONS = 101;
  private static final byte[] SALT = "not a secret".getBytes(StandardCharsets.US_ASCII);

  private final List<Object> clients = new ArrayList<>();
  private final List<Object> roles = new ArrayList<>();

  MosquittoAccounts() {
    roles.add(role(PLATFORM, List.of(rule("publishClientSend", "#"))));
    add(PLATFORM, PLATFORM, true);
  }

  /** An enterprise with a user of its name. */
  void enterprise(String code) {
    String topics = "v4/groups/" + code + ".master/#";
    roles.add(
        role(
            code,
            List.of(
                rule("subscribePattern", topics),
                rule("subscribePattern", "$share/+/" + topics),
                rule("unsubscribePattern", "#"))));
    add(code, code, true);
  }

  void add(String username, String role, boolean active) {
    Map<String, Object> client = new LinkedHashMap<>();
    client.put("username", username);
    client.put("disabled", !active);
    client.put("roles", List.of(Map.of("rolename", role)));
    client.put("password", Base64.getEncoder().encodeToString(hash()));
    client.put("salt", Base64.getEncoder().encodeToString(SALT));
    client.put("iterations", ITERATIONS);
    clients.add(client);
  }

  private static byte[] hash() {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
          .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), SALT, ITERATIONS, 512))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Object> role(String name, List<Map<String, Object>> rules) {
    return Map.of("rolename", name, "acls", rules);
  }

  private static Map<String, Object> rule(String type, String topic) {
    return Map.of("acltype", type, "topic", topic, "priority", 0, "allow", true);
  }

  /** The file that mosquitto reads. */
  String json() {
    Map<String, Boolean> otherwise =
        Map.of(
            "publishClientSend", false,
            "publishClientReceive", true,
            "subscribe", false,
            "unsubscribe", true);
    try {
      return new ObjectMapper()
          .writeValueAsString(
              Map.of("defaultACLAccess", otherwise, "clients", clients, "roles", roles));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
