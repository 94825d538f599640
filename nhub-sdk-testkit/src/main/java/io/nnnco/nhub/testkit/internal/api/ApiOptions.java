package io.nnnco.nhub.testkit.internal.api;

import io.nnnco.nhub.testkit.internal.platform.PrivateKeyForm;

/**
 * How the API behaves where the platform's rules leave it open.
 *
 * @param defaultEnterprise the owner of a new API key, if the token is not bound to one enterprise
 * @param pageSize entries on a page of a list
 * @param bareLists whether lists are plain arrays without pages
 * @param privateKeyForm how keys are written
 */
public record ApiOptions(
    String defaultEnterprise, int pageSize, boolean bareLists, PrivateKeyForm privateKeyForm) {}
