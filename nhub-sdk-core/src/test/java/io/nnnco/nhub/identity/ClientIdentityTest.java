package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.TestPki.Held;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Key, certificate and CA must belong together, however they are arranged. */
class ClientIdentityTest {
  private final Held root = TestPki.ca("root");
  private final Held upper = root.signCa("upper");
  private final Held lower = upper.signCa("lower");
  private final Held client = lower.signClient("client");
  private final List<X509Certificate> chain =
      List.of(client.certificate(), lower.certificate(), upper.certificate());

  @Test
  void fromPem_directlyIssued_hasTheCertificatesData() {
    Held direct = root.signClient("direct");

    ClientIdentity identity = direct.issuedBy(root);

    assertEquals(direct.certificate(), identity.certificate());
    assertEquals(List.of(direct.certificate()), identity.chain());
    assertEquals(List.of(root.certificate()), identity.trustAnchors());
    assertEquals(TestPki.NOT_BEFORE, identity.notBefore());
    assertEquals(TestPki.NOT_AFTER, identity.expiresAt());
    assertTrue(identity.fingerprint().matches("[0-9a-f]{64}"));
    assertEquals(
        "ClientIdentity[subject=CN=direct, fingerprint="
            + identity.fingerprint()
            + ", expiresAt=2099-01-01T00:00:00Z]",
        identity.toString());
  }

  @Test
  void fromPem_chainInAnyOrder_isPutLeafFirst() {
    List<Held> all = new ArrayList<>(List.of(client, lower, upper, root));
    for (int seed = 0; seed < 10; seed++) {
      Collections.shuffle(all, new Random(seed));

      ClientIdentity identity = identity(pem(all), root.certificatePem());

      assertEquals(chain, identity.chain());
    }
  }

  @Test
  void fromPem_caRepeatedBesideTheClient_isNotPresented() {
    assertEquals(chain, identity(pem(client, lower, upper, root, root), pem(root)).chain());
  }

  @Test
  void fromPem_intermediatesOnlyInTheCaFile_arePresentedAllTheSame() {
    assertEquals(chain, identity(pem(client), pem(root, upper, lower)).chain());
  }

  @Test
  void fromPem_intermediateAsTheOnlyCa_isTrustedWithoutItsRoot() {
    ClientIdentity identity = identity(pem(client, lower), pem(upper));

    assertEquals(chain, identity.chain());
    assertEquals(List.of(upper.certificate()), identity.trustAnchors());
  }

  @Test
  void fromPem_severalCas_areAllTrusted() {
    Held other = TestPki.ca("other");

    ClientIdentity identity = identity(pem(client, lower, upper), pem(other, root, other));

    assertEquals(chain, identity.chain());
    assertEquals(List.of(other.certificate(), root.certificate()), identity.trustAnchors());
  }

  @Test
  void fromPem_caThatWasRenewedManyTimes_isFoundAtOnce() {
    List<Held> renewed = new ArrayList<>(List.of(root));
    for (int i = 0; i < 20; i++) {
      renewed.add(TestPki.renew(root));
    }

    assertEquals(chain, identity(pem(client, lower, upper), pem(renewed)).chain());
  }

  @Test
  void fromPem_oldRootBesideTheClientAndNewRootAsCa_leadsToTheNew() {
    assertEquals(
        chain, identity(pem(client, root, lower, upper), pem(TestPki.renew(root))).chain());
  }

  @Test
  void fromPem_selfSignedClientThatIsItsOwnCa_isAccepted() {
    Held alone = TestPki.selfSigned("alone");

    assertEquals(List.of(alone.certificate()), alone.issuedBy(alone).chain());
  }

  @Test
  void fromPem_keyOfAnotherCertificate_isAMismatch() {
    for (String keyType : List.of("P-256", "RSA")) {
      Held one = root.signClient("one", keyType);
      Held other = root.signClient("other", keyType);

      KeyMismatchException e =
          assertThrows(
              KeyMismatchException.class,
              () -> ClientIdentity.fromPem(pem(one, root), other.keyPem(), pem(root)));

      assertEquals(CoreErrorCode.IDENTITY_KEY_MISMATCH, e.code());
      assertEquals("CN=one; CN=root", e.subjects());
    }
  }

  @Test
  void fromPem_keyOfAnotherAlgorithm_isAMismatch() {
    String rsaKey = root.signClient("rsa", "RSA").keyPem();

    assertThrows(
        KeyMismatchException.class, () -> ClientIdentity.fromPem(pem(client), rsaKey, pem(root)));
  }

  @Test
  void fromPem_foreignCa_isUntrustedAndNamesBoth() {
    Held foreign = TestPki.ca("foreign");

    IdentityException e =
        Coded.assertThrows(
            IdentityException.class,
            CoreErrorCode.IDENTITY_UNTRUSTED,
            () -> identity(pem(client, lower, upper, root), pem(foreign)));

    assertTrue(
        String.valueOf(e.getMessage()).contains("The certificate of CN=client was not issued"),
        e.toString());
    assertTrue(String.valueOf(e.getMessage()).contains("it needs CN=lower, "), e.toString());
    assertTrue(
        String.valueOf(e.getMessage()).contains("the CA given is CN=foreign."), e.toString());
  }

  @Test
  void fromPem_foreignCaOfTheSameName_isUntrusted() {
    Held sameName = TestPki.ca("root");

    Coded.assertThrows(
        IdentityException.class,
        CoreErrorCode.IDENTITY_UNTRUSTED,
        () -> identity(pem(client, lower, upper), pem(sameName)));
  }

  @Test
  void fromPem_linkOfTheChainMissing_isUntrusted() {
    Coded.assertThrows(
        IdentityException.class,
        CoreErrorCode.IDENTITY_UNTRUSTED,
        () -> identity(pem(client, upper), pem(root)));
  }

  @Test
  void equals_sameCertificates_areEqual() {
    ClientIdentity identity = identity(pem(client, lower, upper), pem(root));

    assertEquals(identity, identity(pem(upper, lower, client), pem(root)));
    assertEquals(identity.hashCode(), identity(pem(upper, lower, client), pem(root)).hashCode());
    assertNotEquals(identity, root.signClient("client").issuedBy(root));
  }

  private ClientIdentity identity(String certificates, String cas) {
    return ClientIdentity.fromPem(certificates, client.keyPem(), cas);
  }

  private static String pem(Held... held) {
    return pem(Arrays.asList(held));
  }

  private static String pem(List<Held> held) {
    return held.stream().map(Held::certificatePem).collect(Collectors.joining());
  }
}
