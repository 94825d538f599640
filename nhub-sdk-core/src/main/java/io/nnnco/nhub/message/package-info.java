/**
 * Device messages as N-Hub's bridge streams them: immutable records without a trace of JSON or
 * MQTT.
 */
package io.nnnco.nhub.message;
