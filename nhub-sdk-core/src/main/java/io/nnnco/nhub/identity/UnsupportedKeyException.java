package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.internal.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * The private key, or the way it is encrypted, is of a kind that this SDK does not support
 * (NHUB-ID-005), or takes an algorithm that this Java runtime lacks (NHUB-ID-014).
 */
public final class UnsupportedKeyException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** Where the text came from: a file, or the name of the argument. */
  private final String source;

  /** What was found, such as {@code an Ed25519 key}. */
  private final String found;

  /**
   * An error.
   *
   * @param source where the text came from: a file, or the name of the argument
   * @param found what was found, such as {@code an Ed25519 key}
   */
  public UnsupportedKeyException(String source, String found) {
    super(
        ErrorCode.IDENTITY_KEY_UNSUPPORTED,
        source + " holds " + ForeignText.shown(found) + ", which is not supported.",
        null);
    this.source = source;
    this.found = found;
  }

  private UnsupportedKeyException(String runtime, String lacking, @Nullable Throwable cause) {
    super(
        ErrorCode.RUNTIME_INCOMPLETE,
        runtime + " lacks " + lacking + ", and identities cannot be used without.",
        cause);
    this.source = runtime;
    this.found = "what takes " + lacking;
  }

  /**
   * An error of the Java runtime: the key or certificate may be perfect.
   *
   * @param lacking what the runtime lacks, such as {@code elliptic curves}
   * @param cause what it said, or null
   * @return with {@link ErrorCode#RUNTIME_INCOMPLETE}
   */
  public static UnsupportedKeyException runtimeLacks(String lacking, @Nullable Throwable cause) {
    String version = System.getProperty("java.version");
    return new UnsupportedKeyException("This Java runtime (" + version + ")", lacking, cause);
  }

  /**
   * Where the text came from: a file, or the name of the argument; or which Java runtime it is.
   *
   * @return such as {@code client.key}, or {@code This Java runtime (17.0.15)}
   */
  public String source() {
    return source;
  }

  /**
   * What was found, such as {@code an Ed25519 key}.
   *
   * @return what was found, such as {@code an Ed25519 key}
   */
  public String found() {
    return found;
  }
}
