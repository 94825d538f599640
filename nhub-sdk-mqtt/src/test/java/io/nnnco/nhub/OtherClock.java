package io.nnnco.nhub;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.CredentialsSource;
import java.time.Duration;
import java.time.InstantSource;

/** A client as its source sees it, with another clock than the client's own. */
record OtherClock(CredentialsSource.Recipient client, InstantSource clock)
    implements CredentialsSource.Recipient {
  @Override
  public void offer(Credentials next) {
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
