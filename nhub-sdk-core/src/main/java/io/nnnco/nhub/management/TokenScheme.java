package io.nnnco.nhub.management;

/** The word before the token in the {@code Authorization} header (rule R2). */
public enum TokenScheme {
  /** {@code Authorization: Bearer …}, the documented one and the default. */
  BEARER("Bearer"),
  /** {@code Authorization: Token …}, which the platform accepts too. */
  TOKEN("Token");

  private final String word;

  TokenScheme(String word) {
    this.word = word;
  }

  /**
   * The word as it is sent.
   *
   * @return {@code Bearer} or {@code Token}
   */
  public String word() {
    return word;
  }
}
