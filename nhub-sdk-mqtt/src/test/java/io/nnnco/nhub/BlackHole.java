package io.nnnco.nhub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port of this machine that responds to nobody: its backlog is full. */
public final class BlackHole implements AutoCloseable {
  private static final int ENOUGH = 200;

  private final ServerSocket server;
  private final List<Socket> backlog = new ArrayList<>();

  BlackHole() throws IOException {
    this(InetAddress.getLoopbackAddress());
  }

  public BlackHole(InetAddress address) throws IOException {
    server = new ServerSocket(0, 1, address);
    while (fills()) {
      if (backlog.size() > ENOUGH) {
        throw new AssertionError("This system accepts any number of connections");
      }
    }
  }

  private boolean fills() throws IOException {
    Socket socket = new Socket();
    backlog.add(socket);
    try {
      socket.connect(server.getLocalSocketAddress(), 300);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : backlog) {
      socket.close();
    }
    server.close();
  }
}
