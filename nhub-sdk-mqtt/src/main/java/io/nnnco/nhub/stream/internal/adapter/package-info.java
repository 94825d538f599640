/** Other ways to receive than a handler: a reactive publisher, and a stream to take from. */
package io.nnnco.nhub.stream.internal.adapter;
