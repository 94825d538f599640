package io.nnnco.nhub.management.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A body that OkHttp may send only once, so that it never repeats a POST by itself. */
final class OneShotBody extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json");
  private final byte[] bytes;
  private final boolean empty;

  OneShotBody(@Nullable String json) {
    this.empty = json == null;
    this.bytes = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable MediaType contentType() {
    return empty ? null : JSON;
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(bytes);
  }
}
