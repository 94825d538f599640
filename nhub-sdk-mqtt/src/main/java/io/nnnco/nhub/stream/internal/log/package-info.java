/** What the log says of a subscription, from its events; it knows nothing of who reports them. */
package io.nnnco.nhub.stream.internal.log;
