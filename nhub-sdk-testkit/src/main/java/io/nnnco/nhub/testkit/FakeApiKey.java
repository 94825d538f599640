package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.Secret;

/**
 * An API key of the fake, with the token that the platform shows only once.
 *
 * @param id the api_key_id, a UUID
 * @param username its user name, also on the bridge
 * @param token its token, also the password on the bridge
 * @param enterprise the code of the enterprise it is scoped to
 */
public record FakeApiKey(String id, String username, Secret token, String enterprise) {}
