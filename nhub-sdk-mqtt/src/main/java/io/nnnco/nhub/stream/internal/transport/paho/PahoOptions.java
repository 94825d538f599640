package io.nnnco.nhub.stream.internal.transport.paho;

import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.packet.PacketReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;

/**
 * A connect request as Paho's options, without user name and password: Paho logs what it sends,
 * byte by byte. {@link PahoSocket} sends the CONNECT that has them.
 */
final class PahoOptions {
  private PahoOptions() {}

  static MqttConnectionOptions of(ConnectRequest request, PahoSocket socket) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setCleanStart(request.cleanStart());
    options.setSessionExpiryInterval(request.sessionExpiry().toSeconds());
    options.setKeepAliveInterval((int) request.keepAlive().toSeconds());
    options.setReceiveMaximum(request.receiveMaximum());
    options.setMaximumPacketSize((long) PacketReader.MAXIMUM_PACKET_SIZE);
    options.setSocketFactory(new OneSocket(socket));
    return options;
  }

  /** Gives the one socket it has; an address is never asked for. */
  private static final class OneSocket extends SocketFactory {
    private final Socket socket;

    OneSocket(Socket socket) {
      this.socket = socket;
    }

    @Override
    public Socket createSocket() {
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw new IOException("Already connected");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      throw new IOException("Already connected");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      throw new IOException("Already connected");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      throw new IOException("Already connected");
    }
  }
}
