/** The engine on Eclipse Paho, the only place that sees it. What it is shielded from: docs/adr. */
package io.nnnco.nhub.stream.internal.transport.paho;
