/** The entry point: {@link io.nnnco.nhub.NHubClient}. */
package io.nnnco.nhub;
