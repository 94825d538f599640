package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Finds out from an I/O error what really happened, which the JDK hides in causes and messages. */
public final class IoErrors {
  private static final String REJECTED_IN_SILENCE =
      "Ignore a single one: the SDK reconnects. If it repeats, check that the client certificate"
          + " was issued by this environment, is in date and is not revoked.";

  private IoErrors() {}

  /**
   * The typed error for an I/O error, with what is known about the attempt.
   *
   * @param phase how far the connection had come
   * @param request what was requested
   * @param noResponse whether the server has sent nothing after a handshake in which this client
   *     presented a certificate
   * @param error what the JDK threw
   */
  static StreamException of(
      ConnectionPhase phase, ConnectRequest request, boolean noResponse, Throwable error) {
    StreamException failure = of(phase, request.host(), request.port(), error);
    String server = request.host() + ":" + request.port();
    if (failure.code() == StreamErrorCode.CONNECTION_LOST
        && phase == ConnectionPhase.CONNECT
        && noResponse) {
      return new ConnectionException(
          StreamErrorCode.CONNECTION_LOST,
          phase,
          "The connection to "
              + server
              + " broke during CONNECT, right after this client had presented its certificate: the"
              + " bridge may have rejected it without saying so.",
          REJECTED_IN_SILENCE,
          error);
    }
    return request.credentials() instanceof ClientIdentity
        ? failure
        : TlsFailures.withoutCertificate(failure, server);
  }

  /**
   * The typed error for an I/O error.
   *
   * @param phase how far the connection had come
   * @param host the host as requested
   * @param port the port
   * @param error what the JDK threw
   */
  public static StreamException of(ConnectionPhase phase, String host, int port, Throwable error) {
    String server = host + ":" + port;
    if (find(error, OutOfMemoryError.class).isPresent()) {
      return new ConnectionException(
          StreamErrorCode.OUT_OF_MEMORY,
          phase,
          "The connection to "
              + server
              + " was given up: this program ran out of memory during "
              + phase
              + ".",
          error);
    }
    if (isLocal(error)) {
      return new ConnectionException(
          StreamErrorCode.LOCAL_FAILURE,
          phase,
          "The connection to "
              + server
              + " failed in this program, not on the network: "
              + error.getClass().getSimpleName()
              + " was thrown in this program during "
              + phase
              + ".",
          error);
    }
    if (find(error, UnknownHostException.class).isPresent()) {
      return new ConnectionException(
          StreamErrorCode.HOST_NOT_FOUND,
          ConnectionPhase.DNS,
          "No address for " + host + ".",
          error);
    }
    if (find(error, SSLException.class).isPresent()) {
      return TlsFailures.of(phase, server, error);
    }
    if (phase == ConnectionPhase.TCP) {
      return ofTcp(server, error);
    }
    String during = phase == ConnectionPhase.STREAM ? "" : " during " + phase;
    return new ConnectionException(
        StreamErrorCode.CONNECTION_LOST,
        phase,
        "The connection to " + server + " broke" + during + ".",
        error);
  }

  private static StreamException ofTcp(String server, Throwable error) {
    if (error instanceof SocketTimeoutException) {
      return new ConnectionException(
          StreamErrorCode.CONNECT_TIMEOUT,
          ConnectionPhase.TCP,
          "No response from " + server + ".",
          error);
    }
    if (error instanceof ConnectException
        || error instanceof NoRouteToHostException
        || error instanceof PortUnreachableException) {
      return new ConnectionException(
          StreamErrorCode.CONNECTION_REFUSED,
          ConnectionPhase.TCP,
          "Nothing accepts connections at " + server + ".",
          error);
    }
    return new ConnectionException(
        StreamErrorCode.CONNECTION_LOST,
        ConnectionPhase.TCP,
        "The connection to " + server + " could not be opened.",
        error);
  }

  /** Neither the JDK's network code nor an engine threw it. */
  private static boolean isLocal(Throwable error) {
    return (error instanceof RuntimeException || error instanceof Error)
        && find(error, IOException.class).isEmpty();
  }

  static <T extends Throwable> Optional<T> find(Throwable error, Class<T> type) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      if (at.getCause() == at) {
        break;
      }
    }
    return Optional.empty();
  }
}
