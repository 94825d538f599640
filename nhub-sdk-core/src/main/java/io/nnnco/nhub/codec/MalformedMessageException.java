package io.nnnco.nhub.codec;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.internal.ForeignText;

/**
 * A payload that is not the JSON the platform documents, or exceeds a bound of {@link
 * MessageDecoder}. It says where, and nothing of what the payload contains besides the names of the
 * fields that lead there.
 */
public final class MalformedMessageException extends NHubException {
  private static final long serialVersionUID = 1L;

  /** Where, as a JSON path. */
  private final String path;

  /** Where, as a position in the bytes. */
  private final long offset;

  /**
   * An error of the decoder.
   *
   * @param problem what is wrong, such as {@code device_id is missing}
   * @param path where, as a JSON path
   * @param offset where, in bytes from the start of the slice
   */
  MalformedMessageException(String problem, String path, long offset) {
    super(
        CoreErrorCode.MALFORMED_MESSAGE,
        "The message cannot be read at "
            + ForeignText.shown(path)
            + " (byte "
            + offset
            + "): "
            + problem
            + ".",
        null);
    this.path = path;
    this.offset = offset;
  }

  /**
   * Where in the document the error is.
   *
   * @return a JSON path such as {@code $.readings[2].value}; {@code $} for the whole. Characters of
   *     a field's name other than letters, digits, {@code _} and {@code -} are shown as {@code ?},
   *     and a long name is cut
   */
  public String path() {
    return path;
  }

  /**
   * Where in the bytes the error is: the start of the value or name that is wrong; or, where the
   * bytes are no JSON, the byte at which reading stopped, which can be a few behind the culprit.
   *
   * @return bytes from the start of the slice that was decoded, counting from 0
   */
  public long offset() {
    return offset;
  }
}
