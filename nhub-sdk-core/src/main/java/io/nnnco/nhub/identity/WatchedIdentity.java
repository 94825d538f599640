package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.identity.internal.IdentityPlace;
import io.nnnco.nhub.identity.internal.IdentityReader;
import io.nnnco.nhub.identity.internal.IdentityWatch;
import io.nnnco.nhub.identity.internal.PemTexts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A client identity in files that may be replaced at any time, by anybody: by {@link
 * ClientIdentity#save}, {@code nhub certs renew}, a cron job, Vault agent, cert-manager, or
 * Kubernetes, which swaps a link.
 *
 * <pre>{@code
 * NHubClient.builder(environment).credentials(WatchedIdentity.in(Path.of("certs"))).build();
 * }</pre>
 *
 * <p>The files are read every {@linkplain #every ten seconds}, and at once where the file system
 * reports changes. A change is one of content. It is read whole: a certificate is never used with
 * another's key. What does not fit together may be half of a change, so it is read again for a few
 * seconds and only then reported, once; the same applies to an identity that has expired or whose
 * CA did not issue it. Whatever is wrong, the identity in use stays in use, and the files are taken
 * as soon as they are good. An identity equal to the one in use causes nothing.
 *
 * <p>The first identity is loaded when the client is built. As with {@link ClientIdentity#load},
 * its dates are checked at each connection instead.
 *
 * <p>Immutable and thread-safe.
 */
public final class WatchedIdentity implements CredentialsSource {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final IdentityPlace place;
  private final char @Nullable [] keyPassword;
  private final Duration interval;
  private final @Nullable ScheduledExecutorService scheduler;

  private WatchedIdentity(
      IdentityPlace place,
      char @Nullable [] keyPassword,
      Duration interval,
      @Nullable ScheduledExecutorService scheduler) {
    this.place = place;
    this.keyPassword = keyPassword;
    this.interval = interval;
    this.scheduler = scheduler;
  }

  private static WatchedIdentity at(IdentityPlace place) {
    return new WatchedIdentity(place, null, Duration.ofSeconds(10), null);
  }

  /**
   * Watches a directory with {@value ClientIdentity#CERTIFICATE_FILE}, {@value
   * ClientIdentity#KEY_FILE} and {@value ClientIdentity#CA_FILE} or, if it has none of these, with
   * {@code tls.crt}, {@code tls.key} and {@code ca.crt}, as cert-manager fills a secret.
   *
   * @param directory the directory; it may be a link, and its files may be links
   * @return the source
   */
  public static WatchedIdentity in(Path directory) {
    return at(IdentityPlace.in(directory));
  }

  /**
   * Watches three files of any names.
   *
   * @param certificate the file with the client certificate, and any between it and the CA
   * @param privateKey the file with its private key
   * @param caCertificate the file with the CA certificate, one or more
   * @return the source
   */
  public static WatchedIdentity of(Path certificate, Path privateKey, Path caCertificate) {
    return at(IdentityPlace.of(certificate, privateKey, caCertificate));
  }

  /**
   * Watches one PEM file with the client certificate, its key and the CA certificate. The CA's are
   * those of its certificates that issued themselves.
   *
   * @param pem the file
   * @return the source
   */
  public static WatchedIdentity of(Path pem) {
    return at(IdentityPlace.of(pem));
  }

  /**
   * Returns this source with a password for an encrypted key.
   *
   * @param password the password; copied, and kept as long as the source
   * @return the changed copy
   */
  public WatchedIdentity withKeyPassword(char[] password) {
    return new WatchedIdentity(place, password.clone(), interval, scheduler);
  }

  /**
   * Returns this source with another time between two readings of the files.
   *
   * @param time from 100 milliseconds to an hour; 10 seconds by default
   * @return the changed copy
   * @throws IllegalArgumentException if the time is out of range
   */
  public WatchedIdentity every(Duration time) {
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "Files are read every "
              + DurationText.of(SHORTEST)
              + " to "
              + DurationText.of(LONGEST)
              + ", not every "
              + DurationText.of(time)
              + ".");
    }
    return new WatchedIdentity(place, keyPassword, time, scheduler);
  }

  /**
   * Returns this source with another place to read the files; by default, each client has a daemon
   * thread {@code nhub-identity} for it.
   *
   * @param executor the executor; reading blocks its threads. It is never closed
   * @return the changed copy
   */
  public WatchedIdentity on(ScheduledExecutorService executor) {
    return new WatchedIdentity(
        place, keyPassword, interval, Objects.requireNonNull(executor, "executor"));
  }

  /**
   * Loads the first identity, and begins to watch the files.
   *
   * @param client the client
   * @return the supply
   * @throws IdentityFileException if a file does not exist or cannot be read
   * @throws IdentityException if the files are not an identity, even when read again for a second
   */
  @Override
  public Supply begin(Recipient client) {
    return WatchedSupply.begin(
        place, new IdentityWatch(place, this::parse), interval, scheduler, client);
  }

  private ClientIdentity parse(PemTexts texts) {
    return new ClientIdentity(IdentityReader.read(texts, keyPassword));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "WatchedIdentity[" + place + "]";
  }
}
