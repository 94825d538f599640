/** What stands between a client and its messages: a diagnosis, step by step. */
package io.nnnco.nhub.diagnosis;
