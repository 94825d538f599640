package io.nnnco.nhub.management.internal;

import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Sits next to the network, behind the user's interceptors: if OkHttp throws there because of an
 * invalid response (a {@code Content-Length} of -5, for example), that is an error of the
 * connection, while an exception of the interceptors stays what it is.
 */
final class InvalidResponses implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    try {
      return chain.proceed(chain.request());
    } catch (RuntimeException e) {
      throw senseless(e);
    }
  }

  static IOException senseless(RuntimeException e) {
    ProtocolException protocol = new ProtocolException("The response makes no sense.");
    protocol.initCause(e);
    return protocol;
  }
}
