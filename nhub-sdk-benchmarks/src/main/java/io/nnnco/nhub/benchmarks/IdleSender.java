package io.nnnco.nhub.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;

/**
 * Sends some messages, then nothing but the responses to pings. Argument: the folder of the
 * certificates. It prints its port, and a line when it falls silent.
 */
final class IdleSender extends Bridge {
  private static final int MESSAGES = 100;
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private IdleSender(SSLSocket socket) throws IOException {
    super(socket, MESSAGES + 1); // The last one is never sent.
  }

  public static void main(String[] args) throws Exception {
    serve(Path.of(args[0]), IdleSender::new);
  }

  @Override
  void publish(Uplinks uplinks) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    for (int id = 1; id <= MESSAGES; id++) {
      buffer.clear();
      uplinks.put(buffer, id);
      write(buffer.array(), buffer.position());
    }
    System.out.println("silent");
    for (long start = System.nanoTime(); System.nanoTime() - start < HOUR; ) {
      LockSupport.parkNanos(HOUR);
    }
  }

  @Override
  void pinged() throws IOException {
    write(new byte[] {(byte) 0xD0, 0});
  }

  @Override
  void done(long nanos) {
    // Never.
  }
}
