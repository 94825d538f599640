package io.nnnco.nhub.stream.internal.transport.paho;

import io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException;
import io.nnnco.nhub.stream.internal.transport.packet.Packet;
import java.util.function.Supplier;

/** A filter that passes everything on to Paho. */
final class NothingIsFiltered implements PahoInput.Filter {
  @Override
  public byte[] pass(Packet packet, Supplier<byte[]> bytes) {
    return bytes.get();
  }

  @Override
  public void readComplete() {}

  @Override
  public void read() {}

  @Override
  public void violated(MalformedPacketException violation) {}

  @Override
  public void failed(Throwable error) {}
}
