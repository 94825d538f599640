package io.nnnco.nhub.testkit.internal.platform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority in memory, and the one place that makes certificates: EC P-256, signed
 * with SHA-256. Safe for use by several threads.
 */
public final class CertificateAuthority {
  /** Wide enough for any virtual clock, so that only the clients' certificates ever expire. */
  private static final Instant ALWAYS_FROM = Instant.parse("2000-01-01T00:00:00Z");

  private static final Instant ALWAYS_UNTIL = Instant.parse("2099-12-31T23:59:59Z");

  private final SecureRandom random = new SecureRandom();
  final KeyedCertificate root;

  private CertificateAuthority(String name) {
    KeyPair keys = newKeys();
    X500Name subject = name(name, "N-Hub fake");
    X509v3CertificateBuilder certificate =
        builder(subject, subject, ALWAYS_FROM, ALWAYS_UNTIL, keys.getPublic());
    X509Certificate signed =
        extendAndSign(
            certificate,
            keys.getPrivate(),
            extensions -> {
              extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
              extensions.addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
              addKeyIdentifiers(extensions, keys.getPublic(), keys.getPublic());
            });
    root = new KeyedCertificate(signed, keys.getPrivate(), signed);
  }

  /**
   * A new authority, with a key of its own.
   *
   * @param name its common name
   * @return the authority
   */
  public static CertificateAuthority create(String name) {
    return new CertificateAuthority(name);
  }

  /** The root certificate, which a client must trust. */
  public X509Certificate certificate() {
    return root.certificate();
  }

  /** A server certificate for this machine: localhost, 127.0.0.1 and ::1. */
  public KeyedCertificate issueServer() {
    return issueServer("localhost", ALWAYS_FROM, ALWAYS_UNTIL);
  }

  /**
   * A server certificate.
   *
   * @param host the name it is for; localhost also covers 127.0.0.1 and ::1
   * @param from the start of its validity
   * @param until the end of its validity
   */
  public KeyedCertificate issueServer(String host, Instant from, Instant until) {
    return issue(
        name(host, "N-Hub fake"),
        from,
        until,
        extensions -> {
          extensions.addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
          extensions.addExtension(Extension.subjectAlternativeName, false, alternativeNames(host));
        });
  }

  /**
   * A client certificate.
   *
   * @param commonName the subject's common name
   * @param organization the subject's organization
   * @param from the start of its validity
   * @param until the end of its validity
   */
  public KeyedCertificate issueClient(
      String commonName, String organization, Instant from, Instant until) {
    return issue(
        name(commonName, organization),
        from,
        until,
        extensions ->
            extensions.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)));
  }

  /** A server certificate for this machine that signed itself. */
  static KeyedCertificate selfSignedServer() {
    CertificateAuthority throwaway = create("localhost");
    X500Name subject = name("localhost", "Nobody");
    KeyPair keys = throwaway.newKeys();
    X509Certificate signed =
        extendAndSign(
            throwaway.builder(subject, subject, ALWAYS_FROM, ALWAYS_UNTIL, keys.getPublic()),
            keys.getPrivate(),
            extensions ->
                extensions.addExtension(
                    Extension.subjectAlternativeName, false, alternativeNames("localhost")));
    return new KeyedCertificate(signed, keys.getPrivate(), signed);
  }

  private KeyedCertificate issue(X500Name subject, Instant from, Instant until, Extensions more) {
    KeyPair keys = newKeys();
    X500Name issuer = X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded());
    X509Certificate signed =
        extendAndSign(
            builder(issuer, subject, from, until, keys.getPublic()),
            root.key(),
            extensions -> {
              extensions.addExtension(
                  Extension.basicConstraints, true, new BasicConstraints(false));
              extensions.addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
              addKeyIdentifiers(extensions, keys.getPublic(), certificate().getPublicKey());
              more.addTo(extensions);
            });
    return new KeyedCertificate(signed, keys.getPrivate(), certificate());
  }

  private X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, Instant from, Instant until, PublicKey key) {
    return new X509v3CertificateBuilder(
        issuer,
        new BigInteger(127, random).setBit(126),
        Date.from(from),
        Date.from(until),
        subject,
        SubjectPublicKeyInfo.getInstance(key.getEncoded()));
  }

  private static void addKeyIdentifiers(
      X509v3CertificateBuilder certificate, PublicKey subject, PublicKey issuer)
      throws IOException {
    BcX509ExtensionUtils identifiers = new BcX509ExtensionUtils();
    certificate.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        identifiers.createSubjectKeyIdentifier(
            SubjectPublicKeyInfo.getInstance(subject.getEncoded())));
    certificate.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        identifiers.createAuthorityKeyIdentifier(
            SubjectPublicKeyInfo.getInstance(issuer.getEncoded())));
  }

  private static X509Certificate extendAndSign(
      X509v3CertificateBuilder certificate, PrivateKey signer, Extensions extensions) {
    try {
      extensions.addTo(certificate);
      byte[] der =
          certificate
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer))
              .getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("This JVM cannot make a certificate.", e);
    }
  }

  private static GeneralNames alternativeNames(String host) {
    GeneralName name = new GeneralName(GeneralName.dNSName, host);
    return host.equals("localhost")
        ? new GeneralNames(
            new GeneralName[] {
              name,
              new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
              new GeneralName(GeneralName.iPAddress, "::1")
            })
        : new GeneralNames(name);
  }

  private static X500Name name(String commonName, String organization) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, organization)
        .addRDN(BCStyle.CN, commonName)
        .build();
  }

  private KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM has no P-256 keys.", e);
    }
  }

  private interface Extensions {
    void addTo(X509v3CertificateBuilder certificate) throws IOException;
  }
}
