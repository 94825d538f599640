/**
 * Credentials: a certificate with its key, or a user name with its token, and the CA against which
 * the bridge is verified. Every fault in them is found here, before any connection.
 */
package io.nnnco.nhub.identity;
