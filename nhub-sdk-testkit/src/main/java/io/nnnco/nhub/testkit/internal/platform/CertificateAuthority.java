package io.nnnco.nhub.testkit.internal.platform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.IPAddress;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority in memory, the only place that creates certificates: EC P-256, signed
 * with SHA-256. Thread-safe.
 */
public final class CertificateAuthority {
  /** Wide enough for any virtual clock, so that only the clients' certificates ever expire. */
  private static final Instant ALWAYS_FROM = Instant.parse("2000-01-01T00:00:00Z");

  private static final Instant ALWAYS_UNTIL = Instant.parse("2099-12-31T23:59:59Z");

  private static final AlgorithmIdentifier ECDSA_WITH_SHA256 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private final SecureRandom random = new SecureRandom();
  final KeyedCertificate root;
  private final Signer signer;

  /** The signer; without a certificate yet, if it is about to sign its own. */
  private record Signer(X500Name name, KeyPair keys, @Nullable X509Certificate certificate) {}

  private record Validity(Instant from, Instant until) {}

  private CertificateAuthority(String name) {
    KeyPair keys = newKeys();
    X500Name subject = name(name, "N-Hub fake");
    root =
        signed(
            subject,
            new Validity(ALWAYS_FROM, ALWAYS_UNTIL),
            keys,
            new Signer(subject, keys, null),
            extensions -> {
              extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
              extensions.addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            });
    signer = new Signer(subject, keys, root.certificate());
  }

  private CertificateAuthority(KeyedCertificate known) throws GeneralSecurityException {
    root = known;
    signer =
        new Signer(
            X500Name.getInstance(known.certificate().getSubjectX500Principal().getEncoded()),
            new KeyPair(known.certificate().getPublicKey(), known.key()),
            known.certificate());
  }

  /**
   * The authority of an earlier run.
   *
   * @param certificate its certificate's DER
   * @param key its private key's PKCS#8
   * @throws GeneralSecurityException if they are not those of an authority
   */
  public static CertificateAuthority of(byte[] certificate, byte[] key)
      throws GeneralSecurityException {
    X509Certificate known =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate));
    PrivateKey privateKey =
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
    return new CertificateAuthority(new KeyedCertificate(known, privateKey, known));
  }

  /** Its private key. */
  PrivateKey key() {
    return root.key();
  }

  /**
   * Creates an authority with its own key.
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
    return issueServer(List.of());
  }

  /** A server certificate for this machine, and for other names and addresses. */
  public KeyedCertificate issueServer(List<String> names) {
    return issueServer("localhost", names, ALWAYS_FROM, ALWAYS_UNTIL);
  }

  /**
   * A server certificate.
   *
   * @param host the name it is for; localhost also covers 127.0.0.1 and ::1
   * @param from the start of its validity
   * @param until the end of its validity
   */
  public KeyedCertificate issueServer(String host, Instant from, Instant until) {
    return issueServer(host, List.of(), from, until);
  }

  private KeyedCertificate issueServer(
      String host, List<String> names, Instant from, Instant until) {
    return issue(
        name(host, "N-Hub fake"),
        from,
        until,
        extensions -> {
          extensions.addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
          extensions.addExtension(
              Extension.subjectAlternativeName, false, alternativeNames(host, names));
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

  /** A self-signed server certificate for this machine. */
  static KeyedCertificate selfSignedServer() {
    CertificateAuthority throwaway = create("nobody");
    X500Name subject = name("localhost", "Nobody");
    KeyPair keys = throwaway.newKeys();
    return throwaway.signed(
        subject,
        new Validity(ALWAYS_FROM, ALWAYS_UNTIL),
        keys,
        new Signer(subject, keys, null),
        extensions ->
            extensions.addExtension(
                Extension.subjectAlternativeName, false, alternativeNames("localhost", List.of())));
  }

  private KeyedCertificate issue(X500Name subject, Instant from, Instant until, Contents more) {
    return signed(
        subject,
        new Validity(from, until),
        newKeys(),
        signer,
        extensions -> {
          extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
          extensions.addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
          more.addTo(extensions);
        });
  }

  /**
   * Signs with the JDK, using only BouncyCastle's ASN.1: its PKIX classes need fewer lines, but
   * double the time that a cold JVM takes to create the first certificate.
   */
  private KeyedCertificate signed(
      X500Name subject, Validity validity, KeyPair keys, Signer by, Contents contents) {
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      contents.addTo(extensions);
      extensions.addExtension(
          Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(keys)));
      extensions.addExtension(
          Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyId(by.keys())));
      V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
      content.setSerialNumber(new ASN1Integer(new BigInteger(127, random).setBit(126)));
      content.setSignature(ECDSA_WITH_SHA256);
      content.setIssuer(by.name());
      content.setStartDate(new Time(Date.from(validity.from())));
      content.setEndDate(new Time(Date.from(validity.until())));
      content.setSubject(subject);
      content.setSubjectPublicKeyInfo(publicKey(keys));
      content.setExtensions(extensions.generate());
      X509Certificate certificate = sign(content.generateTBSCertificate(), by.keys());
      return new KeyedCertificate(
          certificate,
          keys.getPrivate(),
          by.certificate() == null ? certificate : by.certificate());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("This JVM cannot make a certificate.", e);
    }
  }

  private X509Certificate sign(TBSCertificate content, KeyPair by)
      throws IOException, GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(by.getPrivate(), random);
    signature.update(content.getEncoded(ASN1Encoding.DER));
    ASN1EncodableVector certificate = new ASN1EncodableVector();
    certificate.add(content);
    certificate.add(ECDSA_WITH_SHA256);
    certificate.add(new DERBitString(signature.sign()));
    byte[] der = new DERSequence(certificate).getEncoded(ASN1Encoding.DER);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static SubjectPublicKeyInfo publicKey(KeyPair keys) {
    return SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
  }

  /** SHA-1 of the key's bits, as in RFC 5280; a name, not a protection. */
  private static byte[] keyId(KeyPair keys) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(publicKey(keys).getPublicKeyData().getBytes());
  }

  private static GeneralNames alternativeNames(String host, List<String> names) {
    List<GeneralName> all = new ArrayList<>();
    all.add(new GeneralName(GeneralName.dNSName, host));
    if (host.equals("localhost")) {
      all.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
      all.add(new GeneralName(GeneralName.iPAddress, "::1"));
    }
    for (String name : names) {
      boolean address = IPAddress.isValid(name);
      all.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name));
    }
    return new GeneralNames(all.toArray(GeneralName[]::new));
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

  private interface Contents {
    void addTo(ExtensionsGenerator extensions) throws IOException;
  }
}
