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
    subcommands = {CertsRenewCommand.class, CertsShowCommand.class},
    description = "MQTT certificates. Each command needs a management token, NHUB_TOKEN.")
final class CertsCommand {
  @Command(
      name = "issue",
      sortOptions = false,
      description = {
        "Issues a certificate into a directory.",
        "",
        "The platform sends the private key only once, so the command first checks that it can"
            + " write to the directory. If it is interrupted, run \"nhub certs recover\"."
      })
  int issue(
      @Option(
              names = "--api-key",
              required = true,
              paramLabel = "ID",
              description = "The id of the API key that it is for.")
          String apiKey,
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              description = "Its name; use a different one for each directory.")
          String name,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "DIR",
              description =
                  "The directory for client.crt, client.key and ca.crt; created if missing.")
          Path out,
      @Option(
              names = "--validity",
              defaultValue = "8760h",
              paramLabel = "TIME",
              converter = DurationConverter.class,
              description =
                  "How long it is valid, 1h to 87600h. Default: ${DEFAULT-VALUE}, a year.")
          Duration validity,
      @Option(names = "--json", description = "Print a JSON object; the key is in the directory.")
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
        "Finishes a \"certs issue\" that was interrupted.",
        "",
        "Revokes its certificates whose keys were lost, and issues one again. Does nothing if"
            + " nothing is unfinished."
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
        case ALREADY_SAVED -> api.out().println("The certificate had been saved after all.");
        case ISSUED_AGAIN ->
            api.out().println("certificate  " + PlainText.of(recovery.certificateId() + ""));
      }
      if (recovery.outcome() != Recovery.Outcome.NOTHING_TO_RECOVER) {
        printFiles(api.out(), out);
      }
    }
    return ExitCode.SUCCESS.code();
  }

  static void printFiles(PrintWriter out, Path directory) {
    for (String file : List.of("client.crt", "client.key", "ca.crt")) {
      out.println("saved        " + directory.resolve(file));
    }
  }

  @Command(
      name = "list",
      sortOptions = false,
      description = "Lists the certificates, including revoked and expired ones.")
  int list(
      @Option(names = "--json", description = "Print one JSON object per line.") boolean json,
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
        "The bridge refuses it from the next connect on; an established connection stays up."
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
