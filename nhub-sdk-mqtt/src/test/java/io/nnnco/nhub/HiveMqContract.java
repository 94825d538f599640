package io.nnnco.nhub;

/** What HiveMQ, of all brokers, can be configured to lack. */
abstract class HiveMqContract extends BrokerContract<HiveMq> {}
