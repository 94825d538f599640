package io.nnnco.nhub;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.CredentialsSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A source whose news a test makes itself, and which keeps what it is told. */
final class ScriptedSource implements CredentialsSource, CredentialsSource.Supply {
  private final Credentials first;
  private final List<Credentials> accepted = new ArrayList<>();
  private final List<Credentials> refused = new ArrayList<>();
  private @Nullable Recipient client;
  private @Nullable Credentials atOnce;
  private boolean renews;
  private boolean fails;
  private boolean closed;

  ScriptedSource(Credentials first) {
    this.first = first;
  }

  @Override
  public Supply begin(Recipient recipient) {
    client = recipient;
    if (atOnce != null) {
      recipient.offer(atOnce);
    }
    return this;
  }

  Recipient client() {
    return Objects.requireNonNull(client);
  }

  List<Credentials> accepted() {
    return List.copyOf(accepted);
  }

  List<Credentials> refused() {
    return List.copyOf(refused);
  }

  boolean isClosed() {
    return closed;
  }

  /** As a source with a thread of its own may do before it has begun. */
  void offersAtOnce(Credentials other) {
    atOnce = other;
  }

  void renewing() {
    renews = true;
  }

  void throwsFromNowOn() {
    fails = true;
  }

  @Override
  public Credentials first() {
    return first;
  }

  @Override
  public boolean renews() {
    return renews;
  }

  @Override
  public void accepted(Credentials credentials) {
    accepted.add(credentials);
    failIfAsked();
  }

  @Override
  public void refused(Credentials credentials, NHubException cause) {
    refused.add(credentials);
    failIfAsked();
  }

  private void failIfAsked() {
    if (fails) {
      throw new IllegalStateException("a source of the user's");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
