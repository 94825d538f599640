package io.nnnco.nhub.management;

/** The word before the token in the {@code Authorization} header. */
public enum TokenScheme {
  /** {@code Authorization: Bearer …}, the documented scheme and the default. */
  BEARER("Bearer"),
  /** {@code Authorization: Token …}, which the platform is assumed to accept, too. */
  TOKEN("Token");

  private final String word;

  TokenScheme(String word) {
    this.word = word;
  }

  /**
   * Returns the word as it is sent.
   *
   * @return {@code Bearer} or {@code Token}
   */
  public String word() {
    return word;
  }
}
