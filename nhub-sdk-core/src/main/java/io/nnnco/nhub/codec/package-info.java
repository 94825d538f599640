/**
 * Bytes in, records out: {@link io.nnnco.nhub.codec.MessageDecoder}, and the one error it knows.
 */
package io.nnnco.nhub.codec;
