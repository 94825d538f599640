package io.nnnco.nhub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server without TLS that says one thing to everybody, or nothing, or hangs up. */
final class PlainServer implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private PlainServer(Conversation conversation) throws IOException {
    daemon(() -> acceptAll(conversation));
  }

  @FunctionalInterface
  private interface Conversation {
    void with(Socket client) throws IOException;
  }

  static PlainServer saying(String text) throws IOException {
    return new PlainServer(
        client -> {
          client.getOutputStream().write(text.getBytes(ISO_8859_1));
          client.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
  }

  static PlainServer mute() throws IOException {
    return new PlainServer(
        client -> client.getInputStream().transferTo(OutputStream.nullOutputStream()));
  }

  static PlainServer hangingUp() throws IOException {
    return new PlainServer(
        client -> {
          client.getInputStream().read();
          client.shutdownOutput();
          client.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
  }

  int port() {
    return server.getLocalPort();
  }

  private void acceptAll(Conversation conversation) {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        sockets.add(client);
        daemon(() -> converse(conversation, client));
      } catch (IOException e) {
        // Closed; the loop ends.
      }
    }
  }

  private static void converse(Conversation conversation, Socket client) {
    try (client) {
      conversation.with(client);
    } catch (IOException e) {
      // The client has hung up.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "plain-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
