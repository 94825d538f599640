package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.internal.platform.Platform;
import java.util.NoSuchElementException;

/** A fake's credentials: what opens its management API and its bridge, and what no longer does. */
abstract sealed class FakeCredentials permits FakeNHub {
  private final FakeNHubOptions options;
  private final Platform platform;
  private final AdminTokens adminTokens;
  private final FakeIdentities identities;

  FakeCredentials(FakeNHubOptions options, FakeParts parts) {
    this.options = options;
    this.platform = parts.platform();
    this.adminTokens = parts.adminTokens();
    this.identities = new FakeIdentities(platform, options);
  }

  /**
   * {@return a token for the management API that may manage every enterprise} API keys created with
   * it belong to the fake's first enterprise.
   */
  public Secret adminToken() {
    return adminTokens.ofAll();
  }

  /**
   * Returns a token for the management API that may manage only one enterprise: it neither sees nor
   * changes what belongs to others. API keys created with it belong to that enterprise.
   *
   * @param enterprise the enterprise's code
   * @return the token, the same on each call
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public Secret adminToken(String enterprise) {
    options.requireEnterprise(enterprise);
    return adminTokens.of(enterprise);
  }

  /** {@return {@link #identity(String)} of the first enterprise} */
  public ClientIdentity identity() {
    return identity(options.defaultEnterprise());
  }

  /**
   * {@return a certificate that the bridge accepts} It is the same on each call, until it is
   * revoked, expired or deactivated.
   *
   * @param enterprise the enterprise's code
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public ClientIdentity identity(String enterprise) {
    return identities.identity(enterprise);
  }

  /**
   * {@return whether the bridge accepts this certificate: it is of this fake and enterprise,
   * active, and of an active API key}
   *
   * @param identity any identity
   * @param enterprise the enterprise's code
   */
  public boolean accepts(ClientIdentity identity, String enterprise) {
    return identities.accepts(identity, enterprise);
  }

  /** {@return {@link #usernamePassword(String)} of the first enterprise} */
  public UsernamePassword usernamePassword() {
    return usernamePassword(options.defaultEnterprise());
  }

  /**
   * {@return a user name and token that the bridge accepts, those of {@link #apiKey(String)}}
   *
   * @param enterprise the enterprise's code
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public UsernamePassword usernamePassword(String enterprise) {
    return identities.usernamePassword(enterprise);
  }

  /**
   * {@return the API key behind {@link #identity(String)} and {@link #usernamePassword(String)}} It
   * is the same on each call, until it is deactivated.
   *
   * @param enterprise the enterprise's code
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public FakeApiKey apiKey(String enterprise) {
    return identities.key(enterprise);
  }

  /** {@return a source of further credentials: valid ones, and ones with each kind of fault} */
  public FakeIdentities identities() {
    return identities;
  }

  /** {@return the platform's CA certificate as PEM, which signed those of bridge and clients} */
  public String caCertificatePem() {
    return identities.caPem();
  }

  /**
   * Revokes a certificate; its live connection is not cut.
   *
   * @param certificateId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void revoke(String certificateId) {
    platform.revoke(certificateId);
  }

  /**
   * Revokes a certificate; its live connection is not cut.
   *
   * @param identity the identity with the certificate
   * @throws NoSuchElementException if the fake did not issue it
   */
  public void revoke(ClientIdentity identity) {
    revoke(platform.certificateIdOf(identity.fingerprint()));
  }

  /**
   * Ends a certificate's validity at the platform, now; its own expiry date stays. For a
   * certificate whose own date is past, see {@link FakeIdentities#expired(String)}.
   *
   * @param certificateId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void expire(String certificateId) {
    platform.expire(certificateId);
  }

  /**
   * Ends a certificate's validity at the platform, now; its own expiry date stays.
   *
   * @param identity the identity with the certificate
   * @throws NoSuchElementException if the fake did not issue it
   */
  public void expire(ClientIdentity identity) {
    expire(platform.certificateIdOf(identity.fingerprint()));
  }

  /**
   * Deactivates an API key: the bridge no longer accepts its certificates and its token.
   *
   * @param apiKeyId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void deactivate(String apiKeyId) {
    platform.setActive(apiKeyId, false);
  }

  /**
   * Makes an API key active again.
   *
   * @param apiKeyId its id
   * @throws NoSuchElementException if there is none with this id
   */
  public void activate(String apiKeyId) {
    platform.setActive(apiKeyId, true);
  }
}
