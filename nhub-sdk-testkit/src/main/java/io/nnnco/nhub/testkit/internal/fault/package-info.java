/** When faults happen, for API and bridge alike. */
package io.nnnco.nhub.testkit.internal.fault;
