/** Turns bytes into records: {@link io.nnnco.nhub.codec.MessageDecoder}, and its only error. */
package io.nnnco.nhub.codec;
