package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.TestPki.Held;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Dates are checked when asked for, not when an identity is read. */
class ValidityTest {
  private static final Instant START = Instant.parse("2026-03-17T00:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(365));
  private final Held ca = TestPki.ca("CA");

  @Test
  void checkValidAt_withinItsTime_passes() {
    Credentials identity = ca.signClient("client", START, END).issuedBy(ca);

    assertDoesNotThrow(() -> identity.checkValidAt(START));
    assertDoesNotThrow(() -> identity.checkValidAt(END));
  }

  @Test
  void checkValidAt_afterItsTime_isExpiredButCanBeLookedAt() {
    ClientIdentity identity = ca.signClient("client", START, END).issuedBy(ca);

    IdentityExpiredException e =
        assertThrows(
            IdentityExpiredException.class, () -> identity.checkValidAt(END.plusSeconds(1)));

    assertEquals("CN=client", e.subject());
    assertEquals(END, e.expiresAt());
    assertEquals(END.plusSeconds(1), e.now());
    assertEquals(END, identity.expiresAt());
  }

  @Test
  void checkValidAt_beforeItsTime_pointsToTheClock() {
    ClientIdentity identity = ca.signClient("client", START, END).issuedBy(ca);
    Instant early = START.minus(Duration.ofMinutes(5)).minusSeconds(1);

    IdentityException e =
        Coded.assertThrows(
            IdentityException.class,
            CoreErrorCode.IDENTITY_NOT_YET_VALID,
            () -> identity.checkValidAt(early));

    assertTrue(
        String.valueOf(e.getMessage()).contains(" is valid from " + START + ";"), e.toString());
    assertTrue(e.advice().contains("clock"));
  }

  @Test
  void checkValidAt_slowClockOfLessThanFiveMinutes_passes() {
    ClientIdentity identity = ca.signClient("client", START, END).issuedBy(ca);

    assertDoesNotThrow(() -> identity.checkValidAt(START.minus(Duration.ofMinutes(5))));
  }

  @Test
  void checkValidAt_caExpired_isExpiredForBothKinds() {
    Held old = TestPki.ca("old CA", START, END);
    Credentials identity = old.signClient("client", START, END.plusSeconds(60)).issuedBy(old);
    Credentials password = UsernamePassword.of("api-1", Secret.of("token"), old.certificatePem());
    Instant late = END.plusSeconds(1);

    assertEquals("CN=old CA", expiredAt(identity, late).subject());
    assertEquals("CN=old CA", expiredAt(password, late).subject());
  }

  @Test
  void checkValidAt_oneOfTwoCasInDate_passes() {
    Held old = TestPki.ca("old CA", START, END);
    Held next = TestPki.ca("next CA", END.plus(Duration.ofDays(1)), TestPki.NOT_AFTER);
    Credentials password =
        UsernamePassword.of(
            "api-1", Secret.of("token"), old.certificatePem() + next.certificatePem());

    assertDoesNotThrow(() -> password.checkValidAt(START));
    assertDoesNotThrow(() -> password.checkValidAt(END.plus(Duration.ofDays(2))));
    assertEquals("CN=old CA", expiredAt(password, END.plusSeconds(1)).subject());
    Coded.assertThrows(
        IdentityException.class,
        CoreErrorCode.IDENTITY_NOT_YET_VALID,
        () -> password.checkValidAt(START.minus(Duration.ofDays(1))));
  }

  private static IdentityExpiredException expiredAt(Credentials credentials, Instant now) {
    return assertThrows(IdentityExpiredException.class, () -> credentials.checkValidAt(now));
  }
}
