/** How identities are read, checked, saved and turned into TLS; for {@code identity} alone. */
package io.nnnco.nhub.identity.internal;
