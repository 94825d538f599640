package io.nnnco.nhub.testkit.contract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to get in, or to be refused: where, and with what.
 *
 * @param port the port on localhost
 * @param ca the CA's certificate
 * @param certificate the client's certificate, or null for none
 * @param key its private key, or null for none
 * @param username the user name, or null for none
 * @param password the password, or null for none
 */
record Access(
    int port,
    Path ca,
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable String username,
    @Nullable String password) {

  static Access byCertificate(int port, Path folder) {
    return new Access(
        port,
        folder.resolve("ca.crt"),
        folder.resolve("client.crt"),
        folder.resolve("client.key"),
        null,
        null);
  }

  static Access byPassword(int port, Path ca, String username, String password) {
    return new Access(port, ca, null, null, username, password);
  }

  static Access withNothing(int port, Path ca) {
    return new Access(port, ca, null, null, null, null);
  }

  /** As options of mosquitto_sub and mosquitto_pub. */
  List<String> options() {
    List<String> options =
        new ArrayList<>(
            List.of("-h", "localhost", "-p", String.valueOf(port), "--cafile", ca.toString()));
    if (certificate != null && key != null) {
      options.addAll(List.of("--cert", certificate.toString(), "--key", key.toString()));
    }
    if (username != null && password != null) {
      options.addAll(List.of("-u", username, "-P", password));
    }
    return options;
  }
}
