package io.nnnco.nhub;

/** A server that {@link DurableResumeContract} is run against: it keeps its sessions on disk. */
interface DurableBroker extends Broker {
  /** Ends it in order, and starts it on the same port, with what it knew. */
  void restart() throws Exception;
}
