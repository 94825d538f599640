package io.nnnco.nhub.spring.fake;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.spring.NHubConnectionDetails;
import io.nnnco.nhub.testkit.FakeNHub;

/** The addresses of a fake, and credentials that it accepts. */
final class FakeConnectionDetails implements NHubConnectionDetails {
  private final FakeNHub fake;

  FakeConnectionDetails(FakeNHub fake) {
    this.fake = fake;
  }

  @Override
  public NHubEnvironment environment() {
    return fake.environment();
  }

  @Override
  public Credentials credentials() {
    return fake.identity();
  }

  @Override
  public Secret managementToken() {
    return fake.adminToken();
  }
}
