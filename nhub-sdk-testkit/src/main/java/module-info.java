/** The whole platform in one process, for tests. */
@org.jspecify.annotations.NullMarked
module io.nnnco.nhub.testkit {
  requires static transitive org.jspecify;
  requires static transitive org.junit.jupiter.api;
  requires static org.junit.platform.commons;
  requires transitive io.nnnco.nhub.core;
  requires com.fasterxml.jackson.databind;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.mqtt;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires java.logging;
  requires jdk.httpserver;
  requires mockwebserver3;
  requires okhttp3;
  requires okio;
  requires org.bouncycastle.provider;
  requires org.slf4j;

  exports io.nnnco.nhub.testkit;
  exports io.nnnco.nhub.testkit.junit;
}
