package io.nnnco.nhub.cli;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.ManagedIdentity;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.management.MqttCertificate;
import io.nnnco.nhub.management.Renewal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nhub certs renew}: for cron, beside a program that only watches the directory. */
@Command(
    name = "renew",
    sortOptions = false,
    description = {
      "Renews the certificate in a directory, and revokes the former one some time later.",
      "",
      "For a program that watches the directory and has no management token: run it every hour or"
          + " every day with --if-due. An interrupted run is finished by the next one."
    })
final class CertsRenewCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The directory with client.crt, client.key and ca.crt.")
  private Path out = Path.of("");

  @Option(
      names = "--if-due",
      description = "Renew only if a third of its life is left, or --renew-before its end.")
  private boolean ifDue;

  @Option(
      names = "--renew-before",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "With --if-due: how long before its end it is due. Default: a third of its life.")
  private @Nullable Duration renewBefore;

  @Option(
      names = "--revoke-old-after",
      defaultValue = "24h",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Revoke former certificates that were replaced so long ago. Default: ${DEFAULT-VALUE}.")
  private Duration revokeOldAfter = Duration.ofHours(24);

  @Option(
      names = "--api-key",
      paramLabel = "ID",
      description = "The id of its API key. Default: that of the certificate in the directory.")
  private @Nullable String apiKey;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Its name. Default: that of the certificate in the directory.")
  private @Nullable String name;

  @Option(
      names = "--validity",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long it is valid. Default: as long as the one in the directory.")
  private @Nullable Duration validity;

  @Mixin private ManagementOptions api = new ManagementOptions();

  @Override
  public Integer call() {
    Path directory = api.resolve(out);
    try (Management management = api.management()) {
      CertificateSpec spec = spec(directory, management);
      ManagedIdentity managed = ManagedIdentity.in(directory, spec, management);
      Duration before = renewBefore;
      ManagedIdentity identity =
          before == null ? managed : Mistakes.told(() -> managed.renewBefore(before));
      Instant now = Instant.now();
      print(ifDue ? identity.renewIfDue(now) : identity.renew(now), now);
      identity
          .revokeFormer(now, revokeOldAfter)
          .forEach(id -> api.out().println("revoked      " + PlainText.of(id)));
    }
    return ExitCode.SUCCESS.code();
  }

  private void print(Renewal renewal, Instant now) {
    ClientIdentity identity = renewal.identity();
    renewal
        .revokedIds()
        .forEach(id -> api.out().println("revoked      " + PlainText.of(id) + " to make room"));
    switch (renewal.outcome()) {
      case BUSY -> api.out().println("Another process is renewing in " + out + ".");
      case NOT_DUE ->
          api.out()
              .println(
                  "Not due: the certificate in "
                      + out
                      + " expires in "
                      + Duration.between(now, Objects.requireNonNull(identity).expiresAt()).toDays()
                      + " days.");
      case ISSUED, RECOVERED -> {
        api.out().println("fingerprint  " + Objects.requireNonNull(identity).fingerprint());
        api.out().println("expires      " + identity.expiresAt());
        CertsCommand.printFiles(api.out(), out);
      }
    }
  }

  /** What is not given is as it was. */
  private CertificateSpec spec(Path directory, Management management) {
    boolean there = Files.exists(directory.resolve(ClientIdentity.CERTIFICATE_FILE));
    if (!there && (apiKey == null || name == null)) {
      throw new CommandFailure(
          ExitCode.MISTAKE,
          "There is no certificate in "
              + out
              + " yet: say --api-key and --name, or use nhub certs issue.");
    }
    Duration as = there ? life(ClientIdentity.load(directory)) : CertificateSpec.DEFAULT_VALIDITY;
    Duration wanted = validity == null ? as : validity;
    String givenKey = apiKey;
    String givenName = name;
    if (givenKey != null && givenName != null) {
      return Mistakes.told(() -> new CertificateSpec(givenName, givenKey, wanted));
    }
    MqttCertificate entry = entry(ClientIdentity.load(directory), management);
    String asName = givenName == null ? entry.name() : givenName;
    String asKey = givenKey == null ? entry.apiKeyId() : givenKey;
    if (asName == null || asKey == null) {
      throw unknown();
    }
    return Mistakes.told(() -> new CertificateSpec(asName, asKey, wanted));
  }

  private MqttCertificate entry(ClientIdentity identity, Management management) {
    return management
        .certificates()
        .list()
        .filter(each -> plain(each.fingerprint()).equals(identity.fingerprint()))
        .findFirst()
        .orElseThrow(this::unknown);
  }

  private static String plain(@Nullable String fingerprint) {
    return fingerprint == null ? "" : fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
  }

  private CommandFailure unknown() {
    return new CommandFailure(
        ExitCode.MISTAKE,
        "N-Hub does not list the certificate in "
            + out
            + " with its name and API key: say --api-key and --name.");
  }

  /** In whole hours, as the platform counts. */
  private static Duration life(ClientIdentity identity) {
    Duration life = Duration.between(identity.notBefore(), identity.expiresAt());
    long hours = life.plusMinutes(30).toHours();
    Duration rounded = Duration.ofHours(Math.max(1, hours));
    return rounded.compareTo(CertificateSpec.MAX_VALIDITY) < 0
        ? rounded
        : CertificateSpec.MAX_VALIDITY;
  }
}
