package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** PEM text that is cut off, damaged, or no PEM at all. */
public final class MalformedPemException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** Where the text came from: a file, or the name of the argument. */
  private final String source;

  /** What is wrong with it, such as {@code has a BEGIN CERTIFICATE line without its END line}. */
  private final String defect;

  /**
   * An error.
   *
   * @param source where the text came from: a file, or the name of the argument
   * @param defect what is wrong with it, such as {@code has a BEGIN CERTIFICATE line without its
   *     END line}
   * @param cause what led to it, or null
   */
  public MalformedPemException(String source, String defect, @Nullable Throwable cause) {
    super(ErrorCode.IDENTITY_PEM_MALFORMED, source + " " + defect + ".", cause);
    this.source = source;
    this.defect = defect;
  }

  /**
   * Where the text came from: a file, or the name of the argument.
   *
   * @return where the text came from: a file, or the name of the argument
   */
  public String source() {
    return source;
  }

  /**
   * What is wrong with it, such as {@code has a BEGIN CERTIFICATE line without its END line}.
   *
   * @return what is wrong with it, such as {@code has a BEGIN CERTIFICATE line without its END
   *     line}
   */
  public String defect() {
    return defect;
  }
}
