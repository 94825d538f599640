/**
 * Device messages as N-Hub's bridge sends them: immutable records, independent of JSON and MQTT.
 */
package io.nnnco.nhub.message;
