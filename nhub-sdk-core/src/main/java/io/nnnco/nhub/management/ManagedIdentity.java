package io.nnnco.nhub.management;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.identity.CredentialsSource;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.identity.IdentityFileException;
import io.nnnco.nhub.identity.WatchedIdentity;
import io.nnnco.nhub.management.internal.DirectoryRenewal;
import io.nnnco.nhub.management.internal.RenewalTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A client identity in a directory that is renewed before it expires. As the credentials of a
 * client, it does everything by itself; the process then holds a management token. In a program of
 * its own, such as a cron job, call {@link #renewIfDue} and {@link #revokeFormer}; the receiving
 * process needs no token then, only a {@link WatchedIdentity}.
 *
 * <pre>{@code
 * CertificateSpec spec = CertificateSpec.of("Meter import", apiKeyId).withValidity(Duration.ofDays(90));
 * NHubClient.builder(environment)
 *     .credentials(ManagedIdentity.in(directory, spec, management))
 *     .build();
 * }</pre>
 *
 * <p><b>When.</b> A certificate is due when a third of its life is left, or {@link #renewBefore}
 * its end, and up to a tenth of that time later, so that a fleet does not come all at once. A
 * missing one is issued when the client is built. An attempt that fails is repeated after a minute
 * and then less and less often, up to every 6 hours; but more often again towards the end, and once
 * a minute after it. Each is reported. A new certificate is used for a tenth of its life at least,
 * so a wrong clock causes no storm.
 *
 * <p><b>In what order.</b> The new certificate is issued and saved, with {@link
 * Certificates#issueTo}; connections go over to it; and only when the bridge has granted a
 * subscription with it, and no subscription of the client uses another any more, its predecessor is
 * revoked, after {@link #revokeFormerAfter} for other processes that watch the directory. Without a
 * subscription, nothing is revoked. If the API key has 10 active certificates, the oldest own one
 * is revoked first, and that is reported; certificates of other directories are never touched.
 * Which ones are its own is noted in the directory, in {@code .former-certificates}.
 *
 * <p><b>Crashes.</b> A process may be killed at any moment. The next one continues: in the end, one
 * certificate of this directory is active, the one in it.
 *
 * <p><b>Several processes</b> with one directory take turns by a lock file, one of them renews, and
 * the others take its certificate from the directory.
 *
 * <p>Immutable and thread-safe.
 */
public final class ManagedIdentity implements CredentialsSource {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private final Path directory;
  private final CertificateSpec spec;
  private final Management management;
  private final RenewalTime time;
  private final Duration revokeAfter;
  private final WatchedIdentity watched;
  private final @Nullable ScheduledExecutorService scheduler;

  private ManagedIdentity(
      Path directory,
      CertificateSpec spec,
      Management management,
      RenewalTime time,
      Duration revokeAfter,
      WatchedIdentity watched,
      @Nullable ScheduledExecutorService scheduler) {
    this.directory = directory;
    this.spec = spec;
    this.management = management;
    this.time = time;
    this.revokeAfter = revokeAfter;
    this.watched = watched;
    this.scheduler = scheduler;
  }

  /**
   * The identity in a directory.
   *
   * @param directory the directory; created if it does not exist
   * @param spec the certificates to issue; give each directory a name of its own, see {@link
   *     Certificates#recover}
   * @param management issues, lists and revokes them; not closed
   * @return the source
   */
  public static ManagedIdentity in(Path directory, CertificateSpec spec, Management management) {
    return new ManagedIdentity(
        directory.toAbsolutePath(),
        Objects.requireNonNull(spec, "spec"),
        Objects.requireNonNull(management, "management"),
        new RenewalTime(null),
        Duration.ofMinutes(10),
        WatchedIdentity.in(directory),
        null);
  }

  /**
   * Returns this source with another time for renewals.
   *
   * @param beforeTheEnd how long before its last moment a certificate is due, a minute or more; at
   *     most half of its life counts. By default a third of its life
   * @return the changed copy
   * @throws IllegalArgumentException if the time is below a minute
   */
  public ManagedIdentity renewBefore(Duration beforeTheEnd) {
    if (beforeTheEnd.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "A certificate is renewed at least "
              + DurationText.of(SHORTEST)
              + " before its end, not "
              + DurationText.of(beforeTheEnd)
              + ".");
    }
    return with(new RenewalTime(beforeTheEnd), revokeAfter, watched, scheduler);
  }

  /**
   * Returns this source with another time from the use of a new certificate to the revocation of
   * the former one. Other processes that watch the directory go over meanwhile.
   *
   * @param grace the time, zero or more; 10 minutes by default
   * @return the changed copy
   * @throws IllegalArgumentException if the time is negative
   */
  public ManagedIdentity revokeFormerAfter(Duration grace) {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("A time cannot be negative: " + grace);
    }
    return with(time, grace, watched, scheduler);
  }

  /**
   * Returns this source with another time between two readings of the files.
   *
   * @param interval see {@link WatchedIdentity#every}
   * @return the changed copy
   * @throws IllegalArgumentException if the time is out of range
   */
  public ManagedIdentity every(Duration interval) {
    return with(time, revokeAfter, watched.every(interval), scheduler);
  }

  /**
   * Returns this source with another place to read files and to call the management API; by
   * default, each client has two daemon threads for that, {@code nhub-identity} and {@code
   * nhub-renewal}.
   *
   * @param executor the executor; its threads are blocked for as long as a call takes. It is never
   *     closed
   * @return the changed copy
   */
  public ManagedIdentity on(ScheduledExecutorService executor) {
    return with(time, revokeAfter, watched.on(executor), executor);
  }

  private ManagedIdentity with(
      RenewalTime newTime,
      Duration grace,
      WatchedIdentity newWatched,
      @Nullable ScheduledExecutorService executor) {
    return new ManagedIdentity(directory, spec, management, newTime, grace, newWatched, executor);
  }

  /**
   * Issues another certificate into the directory if there is none or if it is due, and finishes an
   * attempt that was interrupted. Nothing is revoked but one certificate to make room, which is
   * logged; call {@link #revokeFormer} some time later. Blocks.
   *
   * @param now the time to check against
   * @return what was found and done
   * @throws IdentityException if the files in the directory are not an identity
   * @throws IdentityFileException if an identity cannot be saved there
   * @throws ManagementException if the certificate was not issued; the attempt can be repeated
   */
  public Renewal renewIfDue(Instant now) {
    DirectoryRenewal renewal = renewal();
    return renewal.renew(
        now,
        identity -> time.isDue(identity, now) && !renewal.isFresh(identity, now),
        Duration.ZERO,
        id -> {});
  }

  /**
   * Issues another certificate into the directory, due or not. Otherwise like {@link #renewIfDue}.
   *
   * @param now the time to note
   * @return what was done
   * @throws IdentityException if the files in the directory are not an identity
   * @throws IdentityFileException if an identity cannot be saved there
   * @throws ManagementException if the certificate was not issued; the attempt can be repeated
   */
  public Renewal renew(Instant now) {
    return renewal().renew(now, identity -> true, Duration.ZERO, id -> {});
  }

  /**
   * Revokes the certificates that were in the directory before the one that is there now, whether
   * or not that is in use: give whoever uses it the time to go over. Blocks.
   *
   * @param now the time to check against
   * @param age how long ago a certificate must have been replaced to be revoked
   * @return the ids of the certificates revoked; empty if there were none, or another process is at
   *     it
   * @throws IdentityException if the files in the directory are not an identity
   * @throws ManagementException if one was not revoked; call again
   */
  public List<String> revokeFormer(Instant now, Duration age) {
    List<String> revoked = renewal().revokeFormer(null, now, age);
    return revoked == null ? List.of() : revoked;
  }

  private DirectoryRenewal renewal() {
    return new DirectoryRenewal(directory, spec, management.certificates());
  }

  /**
   * Issues the first certificate if there is none, or if it has expired, and begins to watch and to
   * renew.
   *
   * @param client the client
   * @return the supply
   * @throws IdentityException if the files in the directory are not an identity
   * @throws IdentityFileException if an identity cannot be saved there
   * @throws ManagementException if there is none, and none was issued
   */
  @Override
  public Supply begin(Recipient client) {
    return ManagedSupply.begin(renewal(), time, revokeAfter, watched, scheduler, client);
  }

  @Override
  public String toString() {
    return "ManagedIdentity[" + directory + ", " + spec + "]";
  }
}
