package io.nnnco.nhub.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
  @ParameterizedTest
  @CsvSource({
    "0x1A2B3C, 1a2b3c",
    "1a2B3c, 1a2b3c",
    "0X00ff, 00ff",
    "0x, ''",
    "'', ''",
    "0123456789abcdefABCDEF, 0123456789abcdefabcdef"
  })
  void of_hexadecimal_hasItsBytes(String text, String bytes) {
    Payload payload = Payload.of(text);
    assertArrayEquals(HexFormat.of().parseHex(bytes), payload.bytes().orElseThrow());
    assertEquals(text, payload.text());
    assertEquals(text, payload.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x1A2B3C...",
        "0x1",
        "abc",
        "0xg0",
        "0x0x",
        " 0x00",
        "1A 2B",
        "AQID/w==",
        "@`",
        "\u0661\u0662",
        "\uff11\uff12",
        "\u0141\u0142"
      })
  void of_otherText_isKeptWithoutBytes(String text) {
    Payload payload = Payload.of(text);
    assertTrue(payload.bytes().isEmpty());
    assertEquals(text, payload.text());
  }

  @Test
  void bytes_changedByTheCaller_stayAsTheyWere() {
    Payload payload = Payload.of("0x0102");
    payload.bytes().orElseThrow()[0] = 9;
    assertArrayEquals(new byte[] {1, 2}, payload.bytes().orElseThrow());
  }

  @Test
  void equals_sameBytesWrittenOtherwise_isTrue() {
    assertEquals(Payload.of("0xAB"), Payload.of("ab"));
    assertEquals(Payload.of("0xAB").hashCode(), Payload.of("ab").hashCode());
    assertNotEquals(Payload.of("0xAB"), Payload.of("0xAC"));
  }

  @Test
  void equals_text_goesByTheText() {
    assertEquals(Payload.of("..."), Payload.of("..."));
    assertEquals(Payload.of("...").hashCode(), Payload.of("...").hashCode());
    assertNotEquals(Payload.of("..."), Payload.of("...."));
    assertNotEquals(Payload.of(""), Payload.of("..."));
    assertNotEquals(Payload.of("..."), Payload.of(""));
  }
}
