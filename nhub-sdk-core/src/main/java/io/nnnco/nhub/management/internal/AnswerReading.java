package io.nnnco.nhub.management.internal;

import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Stands next to the wire, behind the user's interceptors: what OkHttp throws there over an answer
 * that makes no sense (a {@code Content-Length} of -5, say) is an error of the connection, while
 * what their interceptors throw stays what it is.
 */
final class AnswerReading implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    try {
      return chain.proceed(chain.request());
    } catch (RuntimeException e) {
      throw senseless(e);
    }
  }

  static IOException senseless(RuntimeException e) {
    ProtocolException protocol = new ProtocolException("The answer makes no sense.");
    protocol.initCause(e);
    return protocol;
  }
}
