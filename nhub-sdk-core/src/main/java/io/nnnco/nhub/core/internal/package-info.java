/** Code that the SDK's modules share with one another, but not with users. */
package io.nnnco.nhub.core.internal;
