package io.nnnco.nhub.stream.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.ServerException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.internal.transport.IoErrors;
import io.nnnco.nhub.stream.internal.transport.Refusals;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** Holds the errors that are made to {@link FailureTable}. */
class FailureTableTest {
  private static final List<ErrorCode> CODES =
      Stream.<ErrorCode[]>of(CoreErrorCode.values(), StreamErrorCode.values())
          .flatMap(Arrays::stream)
          .toList();

  private static final UsernamePassword USER = user();

  private static UsernamePassword user() {
    try (FakeNHub fake = FakeNHub.start()) {
      return fake.usernamePassword();
    }
  }

  private static StreamException connack(ReasonCode code) {
    return Refusals.connack(code, null, USER);
  }

  private static StreamException alert(ConnectionPhase phase, String alert) {
    return IoErrors.of(
        phase, "mqtt", 8883, new SSLHandshakeException("Received fatal alert: " + alert));
  }

  private static StreamException suback(int code) {
    return Refusals.suback(List.of("v4/#"), Qos.AT_LEAST_ONCE, new int[] {code}, USER)
        .orElseThrow();
  }

  @Test
  void reasonCodes_ofConnackAndDisconnect() {
    Set<ReasonCode> seen = EnumSet.noneOf(ReasonCode.class);
    Set<String> texts = new HashSet<>();
    for (List<String> row : FailureTable.rows(FailureTable.REASON_CODES)) {
      ReasonCode code = ReasonCode.of(Integer.decode(row.get(0)));
      assertEquals(row.get(1), code.name());
      assertTrue(seen.add(code), "twice in the table: " + code);
      StreamException disconnect = Refusals.disconnect(code, null, USER);
      FailureTable.check(row.get(4), row.get(5), disconnect);
      assertTrue(texts.add(disconnect.getMessage()), "shared: " + disconnect);
      if (!row.get(2).equals("-")) {
        StreamException refused = connack(code);
        FailureTable.check(row.get(2), row.get(3), refused);
        assertEquals(ConnectionPhase.CONNECT, refused.phase());
        assertTrue(texts.add(refused.getMessage()), "shared: " + refused);
      }
    }
    assertEquals(EnumSet.allOf(ReasonCode.class), seen, "every code has a row");
  }

  @Test
  void returnCodes_ofMqtt311() {
    for (List<String> row : FailureTable.rows(FailureTable.RETURN_CODES)) {
      ReasonCode code = ReasonCode.ofReturnCode(Integer.parseInt(row.get(0)));
      assertEquals(row.get(1), code.name());
      FailureTable.check(row.get(2), row.get(3), connack(code));
    }
  }

  @Test
  void reasonThatNamesRevocation_isARevokedCertificate_whateverTheCode() {
    for (ReasonCode code : List.of(ReasonCode.NOT_AUTHORIZED, ReasonCode.BANNED)) {
      FailureTable.check(
          "CertificateRevoked", "terminal", Refusals.connack(code, "Certificate REVOKED", USER));
    }
  }

  @Test
  void subackCodes() {
    Set<String> texts = new HashSet<>();
    for (List<String> row : FailureTable.rows(FailureTable.SUBACK_CODES)) {
      StreamException error = suback(Integer.decode(row.get(0)));
      FailureTable.check(row.get(1), row.get(2), error);
      assertEquals(ConnectionPhase.SUBSCRIBE, error.phase());
      assertTrue(String.valueOf(error.getMessage()).contains("v4/#"), "names the filter");
      assertTrue(texts.add(error.getMessage()), "shared: " + error);
    }
  }

  /** After the handshake an alert is encrypted, by a server whose certificate was verified. */
  @Test
  void tlsAlerts_afterTheHandshake_andInItWhereNobodyHasProvedAnything() {
    for (ConnectionPhase phase : List.of(ConnectionPhase.CONNECT, ConnectionPhase.TLS)) {
      for (List<String> row : FailureTable.rows(FailureTable.ALERTS)) {
        StreamException error = alert(phase, row.get(0));
        boolean proven = phase == ConnectionPhase.CONNECT;
        String verdict = row.get(2).equals("terminal") && !proven ? "at first" : row.get(2);
        FailureTable.check(row.get(1), verdict, error);
        assertEquals(phase, error.phase());
        assertTrue(
            String.valueOf(error.getMessage()).contains(": " + row.get(0) + "."), error::toString);
      }
    }
  }

  @Test
  void ioErrors() {
    for (FailureTable.IoRow row : FailureTable.IO_ERRORS) {
      StreamException error = IoErrors.of(row.phase(), "mqtt", 8883, row.error());
      FailureTable.check(row.type(), row.verdict(), error);
      assertEquals(row.phase(), error.phase(), error::toString);
      assertEquals(row.error(), error.getCause(), "the JDK's own words are kept");
    }
  }

  @Test
  void ourOwn() {
    for (FailureTable.IoRow row : FailureTable.OUR_OWN) {
      FailureTable.check(row.type(), row.verdict(), (NHubException) row.error());
    }
  }

  /** Those that a connection or a handler may end with, by their names in the tables. */
  private static Set<String> streamErrors() {
    return Arrays.stream(StreamErrorCode.values())
        .filter(code -> !code.id().matches("NHUB-(DLQ-.*|SUB-00[2-9])"))
        .map(FailureTable::shortName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyStreamError_hasARow() {
    Set<String> inTables =
        Stream.of(
                FailureTable.rows(FailureTable.REASON_CODES).stream()
                    .flatMap(row -> Stream.of(row.get(2), row.get(4))),
                FailureTable.rows(FailureTable.SUBACK_CODES).stream().map(row -> row.get(1)),
                FailureTable.rows(FailureTable.ALERTS).stream().map(row -> row.get(1)),
                Stream.of(FailureTable.IO_ERRORS, FailureTable.OUR_OWN)
                    .flatMap(List::stream)
                    .map(FailureTable.IoRow::type),
                Stream.of("CertificateRevoked"))
            .flatMap(names -> names)
            .filter(name -> !name.equals("-"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(streamErrors(), inTables);
  }

  @Test
  void codes_haveAnIdAndAnAdviceOfTheirOwn() {
    List<String> ids = new ArrayList<>();
    List<String> advice = new ArrayList<>();
    for (ErrorCode code : CODES) {
      assertTrue(code.id().matches("NHUB-[A-Z]+-[0-9]{3}"), code.id());
      assertTrue(code.advice().endsWith("."), code.id() + " has advice, as a sentence");
      ids.add(code.id());
    }
    for (ReasonCode code : ReasonCode.values()) {
      assertTrue(code.advice().endsWith("."), code + " has advice, as a sentence");
      assertEquals(
          code.advice(), new ServerException(StreamErrorCode.SERVER_REFUSED, code, "No.").advice());
      assertEquals(
          code.advice(),
          new ServerException(StreamErrorCode.SERVER_DISCONNECTED, code, "No.").advice());
      advice.add(code.advice());
    }
    assertEquals(CODES.size(), Set.copyOf(ids).size(), "ids are unique");
    assertEquals(ReasonCode.values().length, Set.copyOf(advice).size(), "no two share an advice");
    long values = Arrays.stream(ReasonCode.values()).mapToInt(ReasonCode::value).distinct().count();
    assertEquals(ReasonCode.values().length, values, "values are unique");
  }
}
