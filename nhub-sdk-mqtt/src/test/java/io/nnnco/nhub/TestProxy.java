package io.nnnco.nhub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.ProxyServer.Kind;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A small proxy that notes what it is asked for, and whose every answer goes to one place. */
final class TestProxy implements AutoCloseable {
  private final ServerSocket server;
  private final Kind kind;
  private final int target;
  private final byte @Nullable [] script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean hangsUp;
  private volatile @Nullable String login;

  private TestProxy(Kind kind, int target, byte @Nullable [] script) {
    this.kind = kind;
    this.target = target;
    this.script = script;
    try {
      server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::acceptAll);
  }

  /** A proxy from which every way leads to a port of this machine, whatever it is asked for. */
  static TestProxy to(Kind kind, int target) {
    return new TestProxy(kind, target, null);
  }

  /** One that reads nothing, says this to everybody, and then nothing more. */
  static TestProxy saying(Kind kind, byte[] script) {
    return new TestProxy(kind, 0, script);
  }

  /** Hangs up when it has said it. */
  TestProxy hangingUp() {
    hangsUp = true;
    return this;
  }

  /** Lets in who says this. */
  TestProxy login(String username, String password) {
    login = username + ":" + password;
    return this;
  }

  ProxyServer address() {
    return new ProxyServer(kind, "localhost", server.getLocalPort(), null, null);
  }

  /** What was asked for: such as {@code name localhost:8883}. */
  List<String> requests() {
    return requests;
  }

  int connections() {
    return connections.get();
  }

  void cut() {
    sockets.forEach(Relay::reset);
    sockets.clear();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        connections.incrementAndGet();
        sockets.add(client);
        daemon(() -> serve(client));
      } catch (IOException e) {
        // Closed; the loop ends.
      }
    }
  }

  private void serve(Socket client) {
    try {
      if (script != null) {
        client.getOutputStream().write(script);
        if (hangsUp) {
          client.shutdownOutput();
        }
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      } else if (kind == Kind.HTTP ? serveHttp(client) : serveSocks(client)) {
        Socket behind = new Socket("localhost", target);
        sockets.add(behind);
        answerYes(client.getOutputStream());
        daemon(() -> Relay.pump(client, behind));
        Relay.pump(behind, client);
      } else {
        client.close();
      }
    } catch (IOException e) {
      Relay.reset(client);
    }
  }

  private void answerYes(OutputStream out) throws IOException {
    out.write(
        kind == Kind.HTTP
            ? "HTTP/1.0 200 Connection established\r\nVia: test\r\n\r\n".getBytes(UTF_8)
            : new byte[] {5, 0, 0, 3, 4, 'h', 'e', 'r', 'e', 1, 2});
  }

  private boolean serveHttp(Socket client) throws IOException {
    StringBuilder header = new StringBuilder();
    while (header.indexOf("\r\n\r\n") < 0) {
      int next = client.getInputStream().read();
      if (next < 0) {
        throw new EOFException("The client has hung up");
      }
      header.append((char) next);
    }
    String request = header.toString();
    if (login != null && !request.contains("Proxy-Authorization: Basic " + base64(login))) {
      client
          .getOutputStream()
          .write(
              ("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\""
                      + "\r\nproxy-authenticate: NTLM\r\nContent-Length: 0\r\n\r\n")
                  .getBytes(UTF_8));
      return false;
    }
    requests.add("name " + request.substring("CONNECT ".length(), request.indexOf(" HTTP")));
    return true;
  }

  private boolean serveSocks(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    OutputStream out = client.getOutputStream();
    in.readByte();
    byte[] methods = in.readNBytes(in.readByte());
    if (login != null) {
      boolean offered = methods[methods.length - 1] == 2;
      out.write(new byte[] {5, (byte) (offered ? 2 : 0xFF)});
      if (!offered) {
        return false;
      }
      in.readByte();
      String said = text(in) + ":" + text(in);
      out.write(new byte[] {1, (byte) (said.equals(login) ? 0 : 1)});
      if (!said.equals(login)) {
        return false;
      }
    } else {
      out.write(new byte[] {5, 0});
    }
    in.readNBytes(3);
    int type = in.readByte();
    String host =
        type == 3
            ? "name " + text(in)
            : InetAddress.getByAddress(in.readNBytes(type == 1 ? 4 : 16)).toString();
    requests.add(host + ":" + in.readUnsignedShort());
    return true;
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "test-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
