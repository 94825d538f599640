package io.nnnco.nhub.cli;

import io.nnnco.nhub.identity.ClientIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nhub certs show}: what is in a directory, without asking anybody. */
@Command(
    name = "show",
    sortOptions = false,
    description = {
      "Shows the certificate in a directory.",
      "",
      "Fails if the key does not belong to it, if the CA did not issue it, or if it has expired."
          + " Nothing is sent, and no setting is needed."
    })
final class CertsShowCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      description = "A directory with client.crt, client.key and ca.crt, or tls.crt and tls.key.")
  private Path directory = Path.of("");

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Spec private @Nullable CommandSpec command;

  @Override
  public Integer call() throws IOException {
    if (command == null) {
      throw new IllegalStateException("Not started by picocli.");
    }
    PrintWriter out = command.commandLine().getOut();
    Path resolved = NHub.of(command.commandLine()).process().workingDirectory().resolve(directory);
    ClientIdentity identity = load(resolved);
    Instant now = Instant.now();
    boolean unfinished = Files.exists(resolved.resolve(".issue-intent"));
    boolean former = Files.exists(resolved.resolve(".former-certificates"));
    if (json) {
      out.println(json(identity, now, unfinished, former));
    } else {
      print(out, identity, now);
      if (unfinished) {
        out.println("unfinished   an issue was interrupted: nhub certs recover --out " + directory);
      }
      if (former) {
        out.println("former       not revoked yet: nhub certs renew does that later");
      }
    }
    out.flush();
    identity.checkValidAt(now);
    return ExitCode.SUCCESS.code();
  }

  /** With our names, or with cert-manager's. */
  static ClientIdentity load(Path directory) {
    boolean certManagers =
        Files.exists(directory.resolve("tls.crt"))
            && Files.notExists(directory.resolve(ClientIdentity.CERTIFICATE_FILE));
    return certManagers
        ? ClientIdentity.load(
            directory.resolve("tls.crt"), directory.resolve("tls.key"), directory.resolve("ca.crt"))
        : ClientIdentity.load(directory);
  }

  private static void print(PrintWriter out, ClientIdentity identity, Instant now) {
    long days = Duration.between(now, identity.expiresAt()).toDays();
    out.println("subject      " + subject(identity.certificate()));
    out.println("fingerprint  " + identity.fingerprint());
    out.println("valid from   " + identity.notBefore());
    out.println(
        "expires      "
            + identity.expiresAt()
            + (identity.expiresAt().isBefore(now) ? " (expired)" : " (in " + days + " days)"));
    out.println(
        "chain        "
            + identity.chain().stream()
                .map(each -> PlainText.oneLine(each.getIssuerX500Principal().toString()))
                .collect(Collectors.joining(", issued by ")));
    out.println(
        "key          belongs to the certificate ("
            + identity.certificate().getPublicKey().getAlgorithm()
            + ")");
  }

  private static String subject(X509Certificate certificate) {
    return PlainText.oneLine(certificate.getSubjectX500Principal().toString());
  }

  private static String json(
      ClientIdentity identity, Instant now, boolean unfinished, boolean former) throws IOException {
    return new JsonLine()
        .with("subject", subject(identity.certificate()))
        .with("fingerprint", identity.fingerprint())
        .with("not_before", identity.notBefore())
        .with("expires_at", identity.expiresAt())
        .with("days_left", Duration.between(now, identity.expiresAt()).toDays())
        .with("issuer", identity.certificate().getIssuerX500Principal().toString())
        .with("key_algorithm", identity.certificate().getPublicKey().getAlgorithm())
        .with("issue_unfinished", unfinished)
        .with("former_to_revoke", former)
        .end();
  }
}
