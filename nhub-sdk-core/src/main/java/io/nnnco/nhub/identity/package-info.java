/**
 * Who a client is: a certificate with its key, or a user name with its token, and the CA that the
 * bridge is held to. Everything that can be wrong with them is found here, before any connection.
 */
package io.nnnco.nhub.identity;
