/** What can go wrong with a subscription: few types, many {@linkplain StreamErrorCode codes}. */
package io.nnnco.nhub.stream.error;
