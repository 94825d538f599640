package io.nnnco.nhub.testkit.internal.control.http;

import io.nnnco.nhub.testkit.internal.control.json.RecordWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request gets.
 *
 * @param status the HTTP status
 * @param type the media type
 * @param headers further headers
 * @param body the body, empty for none
 * @param stream writes a body without an end, instead; or null
 */
public record Reply(
    int status, String type, Map<String, String> headers, String body, @Nullable Stream stream) {
  /** A body that is written until the client leaves or the fake ends. */
  public interface Stream {
    /** Writes, and flushes whenever the client should see it. */
    void writeTo(OutputStream out) throws IOException, InterruptedException;

    /** Called at the end, also if nothing could be written. */
    void ended();
  }

  /** A record, or anything made of records, as JSON. */
  public static Reply json(int status, Object value) {
    return new Reply(status, "application/json", Map.of(), RecordWriter.json(value) + "\n", null);
  }

  /** 200 with JSON. */
  public static Reply ok(Object value) {
    return json(200, value);
  }

  /** 201 with JSON. */
  public static Reply created(Object value) {
    return json(201, value);
  }

  /** 204. */
  public static Reply done() {
    return new Reply(204, "", Map.of(), "", null);
  }

  /** 200 with text. */
  public static Reply text(String type, String text) {
    return new Reply(200, type, Map.of(), text, null);
  }

  /** 200 with server-sent events. */
  public static Reply events(Stream stream) {
    return new Reply(200, "text/event-stream", Map.of(), "", stream);
  }

  Reply as(String otherType) {
    return new Reply(status, otherType, headers, body, stream);
  }

  Reply with(Map<String, String> moreHeaders) {
    return new Reply(status, type, moreHeaders, body, stream);
  }
}
