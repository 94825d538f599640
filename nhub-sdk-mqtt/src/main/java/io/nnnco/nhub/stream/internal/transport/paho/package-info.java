/**
 * The engine on Eclipse Paho, and the only package that uses it. For the defects it shields from,
 * see docs/adr.
 */
package io.nnnco.nhub.stream.internal.transport.paho;
