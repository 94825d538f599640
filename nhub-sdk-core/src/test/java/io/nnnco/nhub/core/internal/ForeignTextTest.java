package io.nnnco.nhub.core.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.Secret;
import java.net.URLEncoder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of peers and files is shown on one line, printable, cut, and without what is secret. */
class ForeignTextTest {
  private static final String SECRET = "pa ss+wörd/4711?";
  private static final ForeignText TEXT = ForeignText.without(Secret.of(SECRET), null);

  @Test
  void shown_controlAndFormatCharacters_areSpaces() {
    assertEquals("a ERROR forged line [31m 2J z", ForeignText.shown(HostileText.CONTROLS).strip());
    assertEquals("a b", ForeignText.shown(" a\u202a\u202e\u200f\ufeffb\u0085"));
  }

  @Test
  void shown_halfCharacters_areLeftOut_andWholeOnesAreNot() {
    assertEquals("a b", ForeignText.shown("a\udc00b"));
    assertEquals("grüße 😀", ForeignText.shown("grüße 😀"));
  }

  @Test
  void shown_longText_isCutAndSaysSo() {
    assertEquals("x".repeat(200) + "…", ForeignText.shown(HostileText.LONG));
    assertEquals("x".repeat(200), ForeignText.shown("x".repeat(200)));
    assertEquals("x".repeat(199) + "…", ForeignText.shown("x".repeat(199) + "😀😀"));
  }

  @Test
  void line_secretInIt_isHidden() {
    assertEquals("user x: [hidden] is wrong", TEXT.line("user x: " + SECRET + " is wrong"));
    assertEquals("[hidden]", TEXT.line(SECRET.substring(0, 9)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "user:", "svc-nhub:"})
  void line_secretEncoded_isHidden(String before) {
    byte[] login = (before + SECRET).getBytes(UTF_8);
    String base64 = Base64.getEncoder().encodeToString(login);
    assertHidden(base64, "Basic " + base64 + "!");
    assertHidden(base64, "Basic " + Base64.getUrlEncoder().withoutPadding().encodeToString(login));
    String percent = URLEncoder.encode(SECRET, UTF_8);
    assertHidden(percent, "?password=" + percent);
    assertHidden(percent, "?password=" + percent.replace("+", "%20"));
  }

  /** No eight characters of it that the secret made. */
  private static void assertHidden(String encoded, String text) {
    String shown = TEXT.line(text);
    String made = encoded.substring(Math.min(encoded.length() - 9, 13));
    assertTrue(shown.contains("[hidden]"), shown);
    for (int i = 0; i + 8 <= made.length(); i++) {
      String piece = made.substring(i, i + 8);
      assertFalse(shown.contains(piece), () -> piece + " in " + shown);
    }
  }

  @Test
  void line_secretAcrossTheCut_isHidden() {
    for (int before = 190; before < 205; before++) {
      String shown = TEXT.line(".".repeat(before) + SECRET);
      assertFalse(shown.contains(SECRET.substring(0, 4)), shown);
    }
  }

  @Test
  void line_keyOrPem_isHidden() {
    assertEquals("[hidden]", TEXT.line("-----BEGIN EC PRIVATE KEY-----"));
    assertEquals("key [hidden]!", TEXT.line("key " + "Ab1/".repeat(10) + "!"));
  }

  @Test
  void shown_null_isTheWord() {
    assertEquals("null", ForeignText.shown(null));
  }

  @Test
  void guarded_hugeText_isCut() {
    assertEquals(4_001, ForeignText.guarded(HostileText.LONG).length());
  }
}
