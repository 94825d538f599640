/**
 * Reads, checks and saves identities, and creates TLS contexts from them; for {@code identity}
 * only.
 */
package io.nnnco.nhub.identity.internal;
