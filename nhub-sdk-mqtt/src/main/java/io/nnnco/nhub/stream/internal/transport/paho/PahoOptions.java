package io.nnnco.nhub.stream.internal.transport.paho;

import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttConnAck;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;
import org.jspecify.annotations.Nullable;

/** A connect request in Paho's words. */
final class PahoOptions {
  private PahoOptions() {}

  static MqttConnectionOptions of(ConnectRequest request, PahoSocket socket) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setCleanStart(request.cleanStart());
    options.setSessionExpiryInterval(request.sessionExpiry().toSeconds());
    options.setKeepAliveInterval((int) request.keepAlive().toSeconds());
    options.setReceiveMaximum(request.receiveMaximum());
    options.setSocketFactory(new OneSocket(socket));
    if (request.credentials() instanceof UsernamePassword user) {
      options.setUserName(user.username());
      options.setPassword(user.token().reveal().getBytes(StandardCharsets.UTF_8));
    }
    return options;
  }

  /** The reason string of a CONNACK, which Paho drops when it refuses; null if there is none. */
  static @Nullable String reasonString(byte[] connack) {
    try {
      return MqttWireMessage.createWireMessage(connack) instanceof MqttConnAck packet
          ? packet.getProperties().getReasonString()
          : null;
    } catch (MqttException | RuntimeException e) {
      return null;
    }
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
