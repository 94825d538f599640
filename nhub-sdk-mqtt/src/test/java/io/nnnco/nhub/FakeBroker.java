package io.nnnco.nhub;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.testkit.FakeNHub;

/** The fake, in the place of a real broker. */
final class FakeBroker implements ScopedBroker, IssuingBroker {
  private final FakeNHub fake = FakeNHub.builder().leakCheck(false).start();

  @Override
  public int certificatePort() {
    return fake.environment().mqttPort();
  }

  @Override
  public int passwordPort() {
    return fake.environment().mqttPort();
  }

  @Override
  public Credentials certificate() {
    return fake.identity(FakeNHub.DEFAULT_ENTERPRISE);
  }

  @Override
  public ClientIdentity fresh() {
    return fake.identities().fresh(FakeNHub.DEFAULT_ENTERPRISE);
  }

  @Override
  public Credentials password(boolean right) {
    return right
        ? fake.usernamePassword(FakeNHub.DEFAULT_ENTERPRISE)
        : fake.identities().wrongPassword(FakeNHub.DEFAULT_ENTERPRISE);
  }

  @Override
  public void publish(String topic, String payload) {
    fake.publish(topic, payload);
  }

  @Override
  public void stop() {
    fake.close();
  }
}
