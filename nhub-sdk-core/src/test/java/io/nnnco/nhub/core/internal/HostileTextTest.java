package io.nnnco.nhub.core.internal;

import static io.nnnco.nhub.core.internal.HostileText.CONTROLS;
import static io.nnnco.nhub.core.internal.HostileText.LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.codec.MalformedMessageException;
import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.JsonValue.JsonString;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.identity.TestPki;
import io.nnnco.nhub.management.ApiCall;
import io.nnnco.nhub.management.ApiKey;
import io.nnnco.nhub.management.CertificateStatus;
import io.nnnco.nhub.management.IssuedCertificate;
import io.nnnco.nhub.management.ManagementException;
import io.nnnco.nhub.management.MqttCertificate;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.MessageKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile text, planted where a certificate, a message or the platform can put it. */
class HostileTextTest {
  private static final Instant NOW = Instant.parse("2026-03-17T00:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {CONTROLS, "long"})
  void identityErrors_subjectOfACertificate_isHarmless(String name) {
    String text = name.equals("long") ? LONG.substring(0, 5_000) : "a\u001b[31m\u0085b\u202ec";
    TestPki.Held ca = TestPki.ca(text);
    TestPki.Held client = ca.signClient(text);
    TestPki.Held other = TestPki.ca(text);
    assertIdentityError(client.certificatePem(), other.keyPem(), ca.certificatePem());
    assertIdentityError(client.certificatePem(), client.keyPem(), other.certificatePem());
    TestPki.Held old = ca.signClient(text, NOW.minusSeconds(9), NOW.minusSeconds(1));
    assertIdentityError(old.certificatePem(), old.keyPem(), ca.certificatePem());
    assertIdentityError("-----BEGIN " + text + "-----", client.keyPem(), ca.certificatePem());
    HostileText.assertHarmless(
        "an identity",
        ClientIdentity.fromPem(client.certificatePem(), client.keyPem(), ca.certificatePem())
            .toString());
  }

  private static void assertIdentityError(String certificate, String key, String ca) {
    IdentityException e =
        assertThrows(
            IdentityException.class,
            () ->
                ClientIdentity.fromPem(certificate, key, ca)
                    .checkValidAt(Instant.parse("2030-01-01T00:00:00Z")));
    HostileText.assertHarmless(e.getClass().getSimpleName(), "" + e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"uplink", "downlink", "join", "other"})
  void messages_toString_isPrintable_andTheValueIsKept(String type) {
    String hostile = new JsonString(CONTROLS).toString();
    String json =
        """
        {"device_id": %1$s, "timestamp_ms": 1, "message_type": "%2$s", "source": %1$s,
         "device_type": %1$s, "readings": [{"channel_id": %1$s, "unit": %1$s, "value": %1$s}],
         "network_metadata": {"gateway_id": %1$s, "x": %1$s}, "raw_payload": %1$s,
         "location": {"latitude": 1, "longitude": 2, "x": %1$s}, "x": %1$s}
        """
            .formatted(hostile, type);
    DeviceMessage message = new MessageDecoder().decode(json.getBytes(StandardCharsets.UTF_8));
    assertEquals(CONTROLS, message.deviceId());
    HostileText.assertHarmless(type, message.toString());
  }

  @Test
  void jsonText_controlAndFormatCharacters_areEscaped() {
    assertEquals(
        "\"\\u001b\\u0085\\u202e\\u2028\\ud800é😀\"",
        new JsonString("\u001b\u0085\u202e\u2028\ud800é😀").toString());
  }

  @Test
  void malformedMessage_deepPath_isCut() {
    String deep = ("{\"" + "n".repeat(900) + "\":").repeat(60) + "x";
    MalformedMessageException e =
        assertThrows(
            MalformedMessageException.class,
            () ->
                new MessageDecoder()
                    .decode(
                        MessageKind.UPLINK,
                        deep.getBytes(StandardCharsets.UTF_8),
                        0,
                        deep.length()));
    HostileText.assertHarmless("a path", "" + e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {CONTROLS, "long"})
  void management_whatThePlatformCallsThings_isHarmless(String name) {
    String text = name.equals("long") ? LONG.substring(0, 5_000) : name;
    HostileText.assertHarmless(
        "a key", new ApiKey(text, text, Secret.of("s3cret"), Map.of()).toString());
    HostileText.assertHarmless(
        "an issued certificate",
        new IssuedCertificate(text, text, "c", "k", "a", text, NOW, Map.of()).toString());
    HostileText.assertHarmless(
        "a certificate",
        new MqttCertificate(text, text, text, CertificateStatus.ACTIVE, text, NOW, NOW, Map.of())
            .toString());
  }

  /** The last guard: what is forgotten elsewhere is harmless all the same. */
  @Test
  void anyError_hostileTextInItsSentence_isPrintableAndCut() {
    ManagementException e =
        Coded.assertInstanceOf(
            ManagementException.class,
            CoreErrorCode.API_NOT_FOUND,
            new ManagementException(
                CoreErrorCode.API_NOT_FOUND,
                new ApiCall("GET", "/x", 404, null),
                CONTROLS + LONG,
                false,
                (Throwable) null));
    String message = String.valueOf(e.getMessage());
    HostileText.assertHarmless("an error", message.substring(0, 500));
    assertEquals(true, message.length() < 5_000);
  }
}
