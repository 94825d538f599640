/** What a subscription reports while it lives, and who listens. */
package io.nnnco.nhub.stream.event;
