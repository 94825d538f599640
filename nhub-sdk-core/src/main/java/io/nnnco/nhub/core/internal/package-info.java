/** What the modules of the SDK share with one another, and with nobody else. */
package io.nnnco.nhub.core.internal;
