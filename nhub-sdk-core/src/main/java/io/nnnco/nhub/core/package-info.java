/** The types that every other package uses: environment, enterprise, secret, JSON value, error. */
package io.nnnco.nhub.core;
