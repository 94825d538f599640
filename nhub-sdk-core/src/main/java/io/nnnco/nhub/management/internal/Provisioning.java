package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.identity.IdentityFileException;
import io.nnnco.nhub.management.ApiCall;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.CertificateStatus;
import io.nnnco.nhub.management.Certificates;
import io.nnnco.nhub.management.InvalidRequestException;
import io.nnnco.nhub.management.IssuedCertificate;
import io.nnnco.nhub.management.ManagementException;
import io.nnnco.nhub.management.MqttCertificate;
import io.nnnco.nhub.management.Recovery;
import io.nnnco.nhub.management.Recovery.Outcome;
import io.nnnco.nhub.management.UnfinishedIssueException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues into a directory so that nothing is lost. The order is: check the directory, record the
 * intent, send the request, save, delete the intent. Wherever this stops, the intent shows what may
 * be left:
 *
 * <ul>
 *   <li>no note, or one without a time of the request: the request was not sent
 *   <li>a time of the request, and the identity in the directory is not the one that was there
 *       before: the certificate was saved, if it is in the list
 *   <li>otherwise it is lost: the certificates of it in the list are revoked, and another one is
 *       requested
 * </ul>
 */
final class Provisioning {
  private static final Logger log = LoggerFactory.getLogger("io.nnnco.nhub.management");
  private static final Duration SAME_TIME = Duration.ofMinutes(1);

  private final Certificates certificates;
  private final InstantSource clock;
  private final ApiCall issuing;

  Provisioning(Certificates certificates, InstantSource clock, ApiCall issuing) {
    this.certificates = certificates;
    this.clock = clock;
    this.issuing = issuing;
  }

  IssuedCertificate issueTo(Path directory, CertificateSpec spec) {
    if (Thread.currentThread().isInterrupted()) {
      throw new ManagementException(
          CoreErrorCode.API_CANCELLED,
          issuing,
          "The thread was interrupted before anything was asked for.",
          false,
          null);
    }
    ClientIdentity.proveRuntime();
    ClientIdentity.proveWritable(directory);
    IntentFile file = IntentFile.create(directory);
    if (file == null) {
      throw unfinished(directory, "An earlier issue into this directory is unfinished.", null);
    }
    try (file) {
      try {
        file.append(intent(directory, spec).header());
        file.append(IssueIntent.asking(clock.instant()));
      } catch (RuntimeException | Error e) { // Such as from an unexpected version of a library.
        file.delete(); // Nothing was requested.
        throw e;
      }
      IssuedCertificate issued;
      try {
        issued = askAndSave(directory, spec);
      } catch (ManagementException e) {
        if (!e.outcomeUnknown()) {
          file.delete();
        }
        throw e;
      }
      forget(file);
      return issued;
    }
  }

  /** It is saved, whatever happens to the note: an error would hide that. */
  private static void forget(IntentFile file) {
    try {
      file.delete();
    } catch (IdentityFileException e) {
      log.warn(
          "The certificate is issued and saved; recover(...) will clear its note: {}", e.path());
    }
  }

  Recovery recover(Path directory) {
    ClientIdentity.proveRuntime();
    IntentFile file = IntentFile.open(directory);
    if (file == null) {
      return new Recovery(Outcome.NOTHING_TO_RECOVER, null, List.of());
    }
    try (file) {
      IssueIntent intent = file.read();
      Recovery recovery =
          intent == null || intent.askedAt().isEmpty()
              ? new Recovery(Outcome.NOTHING_TO_RECOVER, null, List.of())
              : recover(directory, file, intent);
      file.delete();
      log.info("Recovery of {}: {}", directory, ForeignText.shown(recovery));
      return recovery;
    }
  }

  private Recovery recover(Path directory, IntentFile file, IssueIntent intent) {
    List<MqttCertificate> lost = listed(intent);
    ClientIdentity saved = identityIn(directory);
    if (saved != null && !saved.fingerprint().equals(intent.savedBefore())) {
      Optional<MqttCertificate> kept = entryOf(saved, lost);
      if (kept.isPresent()) {
        String id = kept.get().id();
        return new Recovery(Outcome.ALREADY_SAVED, id, revokeAllBut(id, lost));
      }
    }
    ClientIdentity.proveWritable(directory);
    List<String> revoked = new ArrayList<>(revokeAllBut(null, lost));
    file.append(IssueIntent.asking(clock.instant()));
    IssuedCertificate issued = askAndSave(directory, intent.spec());
    // A request considered lost may have taken effect only after the list was read.
    List<MqttCertificate> late =
        listed(intent).stream().filter(entry -> !revoked.contains(entry.id())).toList();
    revoked.addAll(revokeAllBut(issued.id(), late));
    return new Recovery(Outcome.ISSUED_AGAIN, issued.id(), revoked);
  }

  private IssueIntent intent(Path directory, CertificateSpec spec) {
    Set<String> known =
        certificates
            .list()
            .filter(entry -> IssueIntent.hasName(spec, entry))
            .filter(entry -> entry.status().mayBeActive())
            .map(MqttCertificate::id)
            .collect(Collectors.toSet());
    ClientIdentity before = identityIn(directory);
    return new IssueIntent(spec, known, before == null ? null : before.fingerprint(), List.of());
  }

  private IssuedCertificate askAndSave(Path directory, CertificateSpec spec) {
    try {
      IssuedCertificate issued = certificates.issue(spec);
      save(issued.identity(), directory);
      return issued;
    } catch (IdentityException e) {
      throw unfinished(directory, "The certificate was issued but could not be saved.", e);
    } catch (ManagementException e) {
      throw e.outcomeUnknown()
          ? unfinished(directory, "The response with the certificate was lost.", e)
          : e;
    }
  }

  /** An interrupt would close the files being written and cost the key, so it is deferred. */
  private static void save(ClientIdentity identity, Path directory) {
    boolean interrupted = Thread.interrupted();
    try {
      identity.save(directory);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<MqttCertificate> listed(IssueIntent intent) {
    return certificates.list().filter(intent::mayHaveCaused).toList();
  }

  private static @Nullable ClientIdentity identityIn(Path directory) {
    try {
      return ClientIdentity.load(directory);
    } catch (IdentityException e) {
      if (e.code() != CoreErrorCode.IDENTITY_FILE_MISSING) {
        log.debug("No usable identity in {}: {}", directory, e.code().id());
      }
      return null;
    }
  }

  /** By fingerprint if the list has any; otherwise the only one, if its expiry agrees. */
  private static Optional<MqttCertificate> entryOf(
      ClientIdentity saved, List<MqttCertificate> entries) {
    if (entries.stream().anyMatch(entry -> entry.fingerprint() != null)) {
      return entries.stream()
          .filter(entry -> plain(entry.fingerprint()).equals(saved.fingerprint()))
          .findFirst();
    }
    return entries.size() == 1
        ? Optional.of(entries.get(0)).filter(entry -> expiresWith(saved, entry))
        : Optional.empty();
  }

  private static String plain(@Nullable String fingerprint) {
    return Objects.requireNonNullElse(fingerprint, "").replace(":", "").toLowerCase(Locale.ROOT);
  }

  private static boolean expiresWith(ClientIdentity saved, MqttCertificate entry) {
    return entry.expiresAt() == null
        || Duration.between(saved.expiresAt(), entry.expiresAt()).abs().compareTo(SAME_TIME) <= 0;
  }

  private List<String> revokeAllBut(@Nullable String kept, List<MqttCertificate> entries) {
    List<String> revoked = new ArrayList<>();
    for (MqttCertificate entry : entries) {
      if (!entry.id().equals(kept)) {
        revoke(entry);
        revoked.add(entry.id());
      }
    }
    return revoked;
  }

  private void revoke(MqttCertificate entry) {
    try {
      certificates.revoke(entry.id());
    } catch (ManagementException e) {
      // If the list does not say, it may have been revoked before; that revoking twice works is an
      // assumption.
      boolean refused =
          e instanceof InvalidRequestException || e.code() == CoreErrorCode.API_UNEXPECTED_STATUS;
      if (e.code() == CoreErrorCode.API_NOT_FOUND) {
        log.debug("Certificate {} is gone already.", ForeignText.shown(entry.id()));
      } else if (!refused || entry.status() != CertificateStatus.UNKNOWN) {
        throw e;
      }
    }
  }

  private UnfinishedIssueException unfinished(
      Path directory, String problem, @Nullable Throwable cause) {
    ManagementException lost = cause instanceof ManagementException e ? e : null;
    return new UnfinishedIssueException(
        lost == null ? issuing : lost.call(),
        directory.toAbsolutePath().toString(),
        problem,
        cause);
  }
}
