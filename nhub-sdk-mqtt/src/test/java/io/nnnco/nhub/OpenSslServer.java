package io.nnnco.nhub;

import io.nnnco.nhub.identity.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code openssl s_server}: a TLS server as old or as odd as its options say. */
final class OpenSslServer implements AutoCloseable {
  private final BrokerKeys keys = new BrokerKeys();
  private final Path directory = Files.createTempDirectory("openssl-server");
  private final int port = LoopbackPort.free();
  private final Process process;

  OpenSslServer(String... options) throws IOException {
    keys.writePem(directory);
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_server", "-quiet", "-accept", "127.0.0.1:" + port));
    command.addAll(List.of("-cert", "server.crt", "-key", "server.key"));
    command.addAll(List.of(options));
    if (!List.of(options).contains("-cipher")) {
      command.addAll(List.of("-cipher", "DEFAULT@SECLEVEL=0"));
    }
    process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    Eventually.isTrue(
        () -> "openssl listens, see " + directory.resolve("log"),
        () -> !process.isAlive() || LoopbackPort.listens(port));
  }

  int port() {
    return port;
  }

  /** Credentials that trust it. */
  Credentials password() {
    return keys.password(true);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
