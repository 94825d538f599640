/** What the platform knows: its CA, enterprises, API keys and certificates, and who may connect. */
package io.nnnco.nhub.testkit.internal.platform;
