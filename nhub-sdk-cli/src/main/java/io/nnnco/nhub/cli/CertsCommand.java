package io.nnnco.nhub.cli;

import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.IssuedCertificate;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.management.MqttCertificate;
import io.nnnco.nhub.management.Recovery;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nhub certs}: the certificates with which programs connect to the MQTT bridge. */
@Command(
    name = "certs",
    description = "MQTT certificates. Each command needs a management token, NHUB_TOKEN.")
final class CertsCommand {
  @Command(
      name = "issue",
      sortOptions = false,
      description = {
        "Issues a certificate into a directory.",
        "",
        "The private key is given only once, so the directory is proved writable first. If this is"
            + " cut short, \"nhub certs recover\" puts it right."
      })
  int issue(
      @Option(
              names = "--api-key",
              required = true,
              paramLabel = "ID",
              description = "The API key it is for, by its id.")
          String apiKey,
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              description = "What it will be known by; another one for each directory.")
          String name,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "DIR",
              description = "Where to put client.crt, client.key and ca.crt; made if missing.")
          Path out,
      @Option(
              names = "--validity",
              defaultValue = "8760h",
              paramLabel = "TIME",
              converter = DurationConverter.class,
              description = "For how long, 1h to 87600h. Default: ${DEFAULT-VALUE}, a year.")
          Duration validity,
      @Option(names = "--json", description = "A JSON object; the key is in the directory.")
          boolean json,
      @Mixin ManagementOptions api)
      throws IOException {
    CertificateSpec spec = Mistakes.told(() -> new CertificateSpec(name, apiKey, validity));
    try (Management management = api.management()) {
      IssuedCertificate issued = management.certificates().issueTo(api.resolve(out), spec);
      if (json) {
        api.out().println(CertificateJson.of(issued));
      } else {
        api.out().println("certificate  " + PlainText.of(issued.id()));
        api.out().println("fingerprint  " + PlainText.of(issued.fingerprint()));
        api.out().println("expires      " + issued.expiresAt());
        printFiles(api.out(), out);
      }
    }
    return ExitCode.SUCCESS.code();
  }

  @Command(
      name = "recover",
      sortOptions = false,
      description = {
        "Finishes a \"certs issue\" that was cut short.",
        "",
        "Certificates of it whose key was lost are revoked, and one is issued again. Does nothing"
            + " where nothing is unfinished."
      })
  int recover(
      @Option(
              names = "--out",
              required = true,
              paramLabel = "DIR",
              description = "The directory that was given to \"certs issue\".")
          Path out,
      @Mixin ManagementOptions api) {
    try (Management management = api.management()) {
      Recovery recovery = management.certificates().recover(api.resolve(out));
      recovery.revokedIds().forEach(id -> api.out().println("revoked      " + PlainText.of(id)));
      switch (recovery.outcome()) {
        case NOTHING_TO_RECOVER ->
            api.out()
                .println(
                    Files.exists(api.resolve(out))
                        ? "Nothing was left unfinished in " + out + "."
                        : "Nothing was left unfinished: " + out + " does not exist.");
        case ALREADY_SAVED -> api.out().println("It had been saved after all.");
        case ISSUED_AGAIN ->
            api.out().println("certificate  " + PlainText.of(recovery.certificateId() + ""));
      }
      if (recovery.outcome() != Recovery.Outcome.NOTHING_TO_RECOVER) {
        printFiles(api.out(), out);
      }
    }
    return ExitCode.SUCCESS.code();
  }

  private static void printFiles(PrintWriter out, Path directory) {
    for (String file : List.of("client.crt", "client.key", "ca.crt")) {
      out.println("saved        " + directory.resolve(file));
    }
  }

  @Command(
      name = "list",
      sortOptions = false,
      description = "Lists the certificates, revoked and expired ones too.")
  int list(
      @Option(names = "--json", description = "A JSON object a line.") boolean json,
      @Mixin ManagementOptions api)
      throws IOException {
    try (Management management = api.management()) {
      if (json) {
        for (MqttCertificate certificate : management.certificates().list().toList()) {
          api.out().println(CertificateJson.of(certificate));
        }
      } else {
        CertificateTable.print(
            management.certificates().list().toList(), api.out(), api.err(), api.paint());
      }
    }
    return ExitCode.SUCCESS.code();
  }

  @Command(
      name = "revoke",
      description = {
        "Revokes a certificate.",
        "",
        "It is refused when it connects next; a connection that stands is not cut."
      })
  int revoke(
      @Parameters(paramLabel = "ID", description = "The certificate's id, see \"certs list\".")
          String id,
      @Mixin ManagementOptions api) {
    try (Management management = api.management()) {
      management.certificates().revoke(id);
      api.out().println("revoked      " + PlainText.of(id));
    }
    return ExitCode.SUCCESS.code();
  }
}
