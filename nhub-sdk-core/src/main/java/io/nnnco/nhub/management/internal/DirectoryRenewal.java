package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.FileProblem;
import io.nnnco.nhub.core.internal.FileTrust;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.core.internal.LockFile;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.identity.IdentityFileException;
import io.nnnco.nhub.management.CertificateLimitException;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.Certificates;
import io.nnnco.nhub.management.IssuedCertificate;
import io.nnnco.nhub.management.ManagementException;
import io.nnnco.nhub.management.MqttCertificate;
import io.nnnco.nhub.management.Recovery;
import io.nnnco.nhub.management.Renewal;
import io.nnnco.nhub.management.Renewal.Outcome;
import io.nnnco.nhub.management.internal.FormerCertificates.Former;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the identity in a directory, by one process at a time. The order is: finish what was
 * interrupted, note the identity that is there as a former one, issue another over it; and later,
 * when that is in use, revoke the former ones. Wherever this stops, the directory, its notes and
 * the platform's list show how to continue: nothing is revoked that is not noted, and what is in
 * the directory is never revoked but to make room.
 */
public final class DirectoryRenewal {
  private static final Logger log = LoggerFactory.getLogger("io.nnnco.nhub.management");
  private static final String LOCK = ".renewal.lock";
  private static final Duration SAME_TIME = Duration.ofMinutes(1);

  private final Path directory;
  private final CertificateSpec spec;
  private final Certificates certificates;
  private final FormerCertificates note;

  /** Of this directory; nothing happens yet. */
  public DirectoryRenewal(Path directory, CertificateSpec spec, Certificates certificates) {
    this.directory = directory.toAbsolutePath();
    this.spec = spec;
    this.certificates = certificates;
    this.note = new FormerCertificates(directory);
  }

  /**
   * Issues another certificate if there is none, or if it is due.
   *
   * @param patience how long to wait for another process that is renewing; zero for not at all
   * @param madeRoom gets the id of each certificate that had to be revoked before
   */
  public Renewal renew(
      Instant now, Predicate<ClientIdentity> due, Duration patience, Consumer<String> madeRoom) {
    try (LockFile lock = lock(patience)) {
      if (lock == null) {
        return new Renewal(Outcome.BUSY, null, List.of());
      }
      Recovery recovery = certificates.recover(directory);
      ClientIdentity before = identity();
      if (before != null && !due.test(before)) {
        boolean recovered = recovery.outcome() != Recovery.Outcome.NOTHING_TO_RECOVER;
        return new Renewal(recovered ? Outcome.RECOVERED : Outcome.NOT_DUE, before, List.of());
      }
      if (before != null) {
        note.add(before, now);
      }
      List<String> revoked = new ArrayList<>();
      IssuedCertificate issued =
          issue(
              before,
              id -> {
                revoked.add(id);
                madeRoom.accept(id);
              });
      return new Renewal(Outcome.ISSUED, issued.identity(), revoked);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** One makes room. If it does not, the platform is late or somebody else took it: not now. */
  private IssuedCertificate issue(@Nullable ClientIdentity before, Consumer<String> madeRoom) {
    try {
      return certificates.issueTo(directory, spec);
    } catch (CertificateLimitException e) {
      MqttCertificate own = ownOf(e.revocable(), before).orElseThrow(() -> e);
      certificates.revoke(own.id());
      log.warn(
          "Revoked certificate {} of {} to make room for its successor",
          ForeignText.shown(own.id()),
          directory);
      madeRoom.accept(own.id());
      return certificates.issueTo(directory, spec);
    }
  }

  /** The oldest former one, or else the one in the directory. */
  private Optional<MqttCertificate> ownOf(
      List<MqttCertificate> revocable, @Nullable ClientIdentity before) {
    return note.read().stream()
        .sorted(
            (one, other) ->
                Boolean.compare(isOf(one.fingerprint(), before), isOf(other.fingerprint(), before)))
        .flatMap(former -> entryOf(former, before, revocable).stream())
        .findFirst();
  }

  private static boolean isOf(String fingerprint, @Nullable ClientIdentity identity) {
    return identity != null && identity.fingerprint().equals(fingerprint);
  }

  /**
   * Revokes the former certificates, but for the one in the directory.
   *
   * @param inUse null for whatever is in the directory; if it has another, nothing is revoked
   * @param age how long ago they must have been replaced
   * @return the ids of those revoked; null if another process is at it
   */
  public @Nullable List<String> revokeFormer(
      @Nullable ClientIdentity inUse, Instant now, Duration age) {
    if (Files.notExists(directory) || note.read().isEmpty()) {
      return List.of();
    }
    try (LockFile lock = lock(Duration.ZERO)) {
      return lock == null ? null : revokeNoted(inUse, now, age);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private List<String> revokeNoted(@Nullable ClientIdentity inUse, Instant now, Duration age) {
    ClientIdentity current = identity();
    if (current == null || (inUse != null && !current.fingerprint().equals(inUse.fingerprint()))) {
      return List.of();
    }
    List<Former> rest = new ArrayList<>(note.read());
    List<MqttCertificate> active =
        certificates.list().filter(entry -> entry.status().mayBeActive()).toList();
    List<String> revoked = new ArrayList<>();
    for (Former former : List.copyOf(rest)) {
      if (isOf(former.fingerprint(), current) || former.replacedAt().plus(age).isAfter(now)) {
        continue;
      }
      Optional<MqttCertificate> entry = entryOf(former, current, active);
      if (entry.isPresent()) {
        revoke(entry.get());
        revoked.add(entry.get().id());
      } else if (active.stream().noneMatch(each -> each.fingerprint() != null)) {
        log.warn(
            "The platform's list does not show which certificate was in {} before; it is not"
                + " revoked and expires at {}",
            directory,
            former.expiresAt());
      }
      rest.remove(former);
      note.keep(rest);
    }
    return revoked;
  }

  private void revoke(MqttCertificate entry) {
    try {
      certificates.revoke(entry.id());
    } catch (ManagementException e) {
      if (e.code() != CoreErrorCode.API_NOT_FOUND) {
        throw e;
      }
    }
  }

  /**
   * By fingerprint if the list has any; otherwise by name, key and expiry, if only one fits, and
   * that cannot be the one in the directory.
   */
  private Optional<MqttCertificate> entryOf(
      Former former, @Nullable ClientIdentity current, List<MqttCertificate> entries) {
    if (entries.stream().anyMatch(entry -> entry.fingerprint() != null)) {
      return entries.stream()
          .filter(entry -> plain(entry.fingerprint()).equals(former.fingerprint()))
          .findFirst();
    }
    List<MqttCertificate> alike =
        entries.stream()
            .filter(entry -> IssueIntent.hasName(spec, entry))
            .filter(entry -> spec.apiKeyId().equalsIgnoreCase(entry.apiKeyId()))
            .filter(entry -> expiresAt(former.expiresAt(), entry))
            .filter(
                entry ->
                    current == null
                        || isOf(former.fingerprint(), current)
                        || !expiresAt(current.expiresAt(), entry))
            .toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  private static boolean expiresAt(Instant time, MqttCertificate entry) {
    return entry.expiresAt() != null
        && Duration.between(entry.expiresAt(), time).abs().compareTo(SAME_TIME) <= 0;
  }

  private static String plain(@Nullable String fingerprint) {
    return fingerprint == null ? "" : fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
  }

  /**
   * Whether it has replaced another one only lately, for a tenth of its life at most: if it is due
   * all the same, the clock is wrong, and yet another one would not be better.
   */
  public boolean isFresh(ClientIdentity identity, Instant now) {
    List<Former> noted = note.read();
    if (noted.isEmpty() || noted.stream().anyMatch(each -> isOf(each.fingerprint(), identity))) {
      return false;
    }
    Duration age = Duration.between(noted.get(noted.size() - 1).replacedAt(), now);
    return !age.isNegative() && age.compareTo(RenewalTime.leastUse(identity)) < 0;
  }

  /** Whether an attempt was interrupted, of this process or another. */
  public boolean isUnfinished() {
    return IntentFile.exists(directory);
  }

  /** What is there; null if nothing is. Something that is no identity is not overwritten. */
  public @Nullable ClientIdentity identity() {
    try {
      return ClientIdentity.load(directory);
    } catch (IdentityException e) {
      if (e.code() == CoreErrorCode.IDENTITY_FILE_MISSING && isEmpty()) {
        return null;
      }
      throw e;
    }
  }

  private boolean isEmpty() {
    return Files.notExists(directory.resolve(ClientIdentity.CERTIFICATE_FILE))
        && Files.notExists(directory.resolve(ClientIdentity.KEY_FILE));
  }

  private @Nullable LockFile lock(Duration patience) throws IOException {
    if (Files.notExists(directory)) {
      ClientIdentity.proveWritable(directory);
    }
    FileTrust.requireDirectory(directory);
    Path file = directory.resolve(LOCK);
    return patience.isZero() ? LockFile.tryAcquire(file) : LockFile.acquire(file, patience);
  }

  private IdentityFileException unusable(IOException e) {
    return new IdentityFileException(
        CoreErrorCode.IDENTITY_DIRECTORY_NOT_WRITABLE,
        directory.toString(),
        directory + " cannot take an identity: " + FileProblem.of(e) + ".",
        e);
  }
}
