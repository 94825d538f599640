package io.nnnco.nhub.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code openssl} in a directory: a second opinion on keys and certificates. */
final class OpenSsl {
  private final Path directory;

  OpenSsl(Path directory) {
    this.directory = directory;
  }

  /** Runs a command line without quotes, and gives what it printed. */
  String run(String commandLine) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(commandLine.split(" ")));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("openssl " + commandLine + "\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException("These tests need openssl.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String file(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes ca.key and ca.crt. */
  void makeCa() {
    run("ecparam -name prime256v1 -genkey -noout -out ca.key");
    run("req -x509 -new -key ca.key -subj /CN=OpenSSL-CA -days 3650 -out ca.crt");
  }

  /** Has that CA certify a key, which may be encrypted. */
  void certify(String keyFile, String certificateFile, String keyPassword) {
    String password = " -passin pass:" + keyPassword;
    run("req -new -key " + keyFile + password + " -subj /CN=client -out client.csr");
    run(
        "x509 -req -in client.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 365 -out "
            + certificateFile);
  }
}
