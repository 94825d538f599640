package io.nnnco.nhub.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;

/**
 * Sends messages as fast as a receiver's window lets it, and says how long that took: from the
 * first PUBLISH to the last PUBACK.
 *
 * <p>Arguments: the folder of the certificates, and how many messages. It prints its port, and then
 * a line of nanoseconds for each receiver.
 */
final class Sender extends Bridge {
  private final Thread writer = Thread.currentThread();

  private Sender(SSLSocket socket, int messages) throws IOException {
    super(socket, messages);
  }

  public static void main(String[] args) throws Exception {
    serve(Path.of(args[0]), socket -> new Sender(socket, Integer.parseInt(args[1])));
  }

  @Override
  void publish(Uplinks uplinks) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    for (int sent = 0; sent < messages(); ) {
      int room = room(sent);
      if (room == 0) {
        LockSupport.park();
        continue;
      }
      buffer.clear();
      for (int i = 0; i < room && buffer.remaining() >= Uplinks.LARGEST_PACKET; i++) {
        uplinks.put(buffer, sent++ % 65_535 + 1);
      }
      write(buffer.array(), buffer.position());
    }
  }

  @Override
  void acknowledged(boolean more) {
    if (!more) {
      LockSupport.unpark(writer);
    }
  }

  @Override
  void pinged() throws IOException {
    throw new IOException("A receiver that must ping in the middle of it is stuck");
  }

  @Override
  void done(long nanos) {
    System.out.println(nanos);
  }
}
