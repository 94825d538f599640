/** The words every other package speaks: environment, enterprise, secret, JSON value, error. */
package io.nnnco.nhub.core;
