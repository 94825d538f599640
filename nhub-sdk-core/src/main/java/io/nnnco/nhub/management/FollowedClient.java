package io.nnnco.nhub.management;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.CredentialsSource;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A client, and what it was offered last. Thread-safe. */
final class FollowedClient implements CredentialsSource.Recipient {
  private final CredentialsSource.Recipient client;
  private volatile @Nullable ClientIdentity offered;

  FollowedClient(CredentialsSource.Recipient client) {
    this.client = client;
  }

  /** What it was offered last; null if it has only the first. */
  @Nullable ClientIdentity offered() {
    return offered;
  }

  @Override
  public InstantSource clock() {
    return client.clock();
  }

  @Override
  public void offer(Credentials next) {
    offered = next instanceof ClientIdentity identity ? identity : offered;
    client.offer(next);
  }

  @Override
  public void unusable(NHubException cause) {
    client.unusable(cause);
  }

  @Override
  public void recovered() {
    client.recovered();
  }

  @Override
  public void renewalFailed(NHubException cause, Duration retryIn) {
    client.renewalFailed(cause, retryIn);
  }

  @Override
  public void revoked(String certificateId, boolean toMakeRoom) {
    client.revoked(certificateId, toMakeRoom);
  }
}
