/** The platform's data: its CA, enterprises, API keys and certificates, and who may connect. */
package io.nnnco.nhub.testkit.internal.platform;
