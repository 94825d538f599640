/** The front door: {@link io.nnnco.nhub.NHubClient}. */
package io.nnnco.nhub;
