package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is there to connect with; loads the credentials if that is part of the diagnosis. */
final class ConfigurationProbe implements Probe {
  private static final Explanation NONE =
      new Explanation(
          FindingCode.CONFIGURATION_NO_CREDENTIALS,
          "The bridge accepts no client without a certificate, or a user name and a token.",
          "Give the client a ClientIdentity or a UsernamePassword; for the nhub command, give"
              + " --certs. The way to the bridge was looked at all the same.");

  private static final Duration LONGEST_LOAD = Duration.ofSeconds(3);

  private static final Explanation SOURCE_FAILED =
      new Explanation(
          FindingCode.CERTIFICATE_UNUSABLE,
          "The application's own source of credentials failed.",
          "Look into what the application loads its credentials with: a vault, a file.");

  private static final Explanation SOURCE_SILENT =
      new Explanation(
          FindingCode.CERTIFICATE_UNUSABLE,
          "What the credentials are loaded from does not respond: a network file system, a vault.",
          "Check that the directory of the credentials can be read (ls -l), and what is behind it.");

  @Override
  public void examine(Evidence evidence) {
    Case subject = evidence.subject();
    Credentials credentials;
    try {
      credentials =
          evidence.background().call(() -> credentials(subject), evidence.left(LONGEST_LOAD));
    } catch (ExecutionException e) {
      evidence.ok(FindingCode.CONFIGURATION_OK, describe(subject, null));
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof NHubException known) {
        evidence.fault(unusable(known), Problems.of(known));
      } else {
        evidence.fault(SOURCE_FAILED, cause.getClass().getSimpleName() + " was thrown.");
      }
      return;
    } catch (TimeoutException e) {
      evidence.ok(FindingCode.CONFIGURATION_OK, describe(subject, null));
      evidence.fault(SOURCE_SILENT, "No credentials in time.");
      return;
    }
    if (credentials == null) {
      evidence.fault(NONE, describe(subject, null));
    } else {
      evidence.credentials(credentials);
      evidence.ok(FindingCode.CONFIGURATION_OK, describe(subject, credentials));
    }
  }

  private static @Nullable Credentials credentials(Case subject) {
    Supplier<? extends Credentials> source = subject.options().credentials();
    if (source != null) {
      return source.get();
    }
    Credentials own = subject.options().subscription().credentials();
    return own == null ? subject.credentials() : own;
  }

  private static String describe(Case subject, @Nullable Credentials credentials) {
    ProxyServer proxy = subject.proxy();
    return "bridge "
        + subject.bridge()
        + (proxy == null ? "" : ", proxy " + proxy.host() + ":" + proxy.port())
        + ", "
        + api(subject.nhub().api())
        + ", "
        + who(credentials)
        + ", "
        + (subject.management() == null ? "no management token" : "a management token")
        + ", topics "
        + String.join(" ", Filters.of(subject.options().subscription()));
  }

  /** No name below .invalid exists (RFC 6761): it stands for an API that is not known. */
  private static String api(URI api) {
    return api.getHost().endsWith(".invalid") ? "no API" : "API " + api;
  }

  private static String who(@Nullable Credentials credentials) {
    if (credentials instanceof ClientIdentity) {
      return "a client certificate";
    }
    return credentials instanceof UsernamePassword user
        ? "user " + user.username()
        : "no usable credentials";
  }

  private static Explanation unusable(NHubException error) {
    FindingCode code = codeOf(error.code());
    String cause =
        switch (code) {
          case CERTIFICATE_FILE_MISSING -> "A file of the identity is not where it is looked for.";
          case CERTIFICATE_FILE_UNREADABLE ->
              "This program's user may not read a file of the identity.";
          case CERTIFICATE_MALFORMED ->
              "A file of the identity was cut off or damaged, or the files were mixed up.";
          case CERTIFICATE_KEY_MISMATCH ->
              "Certificate and private key come from two different certificates; often only one of"
                  + " the files was replaced.";
          case CERTIFICATE_WRONG_CA ->
              "ca.crt and client.crt come from different environments, or ca.crt is a system CA.";
          default -> "The credentials cannot be used as they are.";
        };
    return new Explanation(code, cause, error.advice());
  }

  private static FindingCode codeOf(ErrorCode error) {
    if (error == CoreErrorCode.IDENTITY_FILE_MISSING) {
      return FindingCode.CERTIFICATE_FILE_MISSING;
    } else if (error == CoreErrorCode.IDENTITY_FILE_UNREADABLE) {
      return FindingCode.CERTIFICATE_FILE_UNREADABLE;
    } else if (error == CoreErrorCode.IDENTITY_PEM_MALFORMED
        || error == CoreErrorCode.IDENTITY_PEM_UNEXPECTED) {
      return FindingCode.CERTIFICATE_MALFORMED;
    } else if (error == CoreErrorCode.IDENTITY_KEY_MISMATCH) {
      return FindingCode.CERTIFICATE_KEY_MISMATCH;
    }
    return error == CoreErrorCode.IDENTITY_UNTRUSTED
        ? FindingCode.CERTIFICATE_WRONG_CA
        : FindingCode.CERTIFICATE_UNUSABLE;
  }
}
