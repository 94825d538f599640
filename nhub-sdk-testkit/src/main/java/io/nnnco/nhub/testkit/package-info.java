/** The fake N-Hub: what it is told, what it saw, and the faults it can be asked for. */
package io.nnnco.nhub.testkit;
