package io.nnnco.nhub.stream.internal.transport;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate that is about to be made, good unless a test says otherwise. */
final class Certifier {
  private static final AtomicLong SERIAL = new AtomicLong(1);
  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2099-01-01T00:00:00Z");

  private final String name;
  private int rsaBits;
  private String digest = "SHA256";
  private Instant until = UNTIL;
  private boolean authority;
  private @Nullable KeyPurposeId purpose;
  private final List<GeneralName> names = new ArrayList<>();

  private Certifier(String name) {
    this.name = name;
  }

  /** A certificate, its key, and those from it up to the root, itself first. */
  record Held(X509Certificate certificate, PrivateKey key, List<X509Certificate> chain) {
    String pem() {
      try {
        return "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n";
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    String keyPem() {
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder().encodeToString(key.getEncoded())
          + "\n-----END PRIVATE KEY-----\n";
    }
  }

  static Certifier authority(String name) {
    Certifier made = new Certifier(name);
    made.authority = true;
    return made;
  }

  /** For these names, as alternative names; none for a client. */
  static Certifier of(String name, String... dnsNames) {
    Certifier made = new Certifier(name);
    for (String each : dnsNames) {
      made.names.add(new GeneralName(GeneralName.dNSName, each));
    }
    return made;
  }

  Certifier rsa(int bits) {
    rsaBits = bits;
    return this;
  }

  Certifier digest(String algorithm) {
    digest = algorithm;
    return this;
  }

  Certifier expiredAt(String time) {
    until = Instant.parse(time);
    return this;
  }

  Certifier purpose(KeyPurposeId only) {
    purpose = only;
    return this;
  }

  Held root() {
    return sign(null);
  }

  Held by(Held issuer) {
    return sign(issuer);
  }

  private Held sign(@Nullable Held issuer) {
    try {
      KeyPair pair = keys();
      X500Principal subject = new X500Principal("CN=" + name);
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer == null ? subject : issuer.certificate().getSubjectX500Principal(),
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(FROM),
              Date.from(until),
              subject,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      if (purpose != null) {
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      }
      PrivateKey signer = issuer == null ? pair.getPrivate() : issuer.key();
      String algorithm = digest + (signer.getAlgorithm().equals("EC") ? "withECDSA" : "withRSA");
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer)));
      List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
      if (issuer != null) {
        chain.addAll(issuer.chain());
      }
      return new Held(certificate, pair.getPrivate(), chain);
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(rsaBits == 0 ? "EC" : "RSA");
    generator.initialize(rsaBits == 0 ? 256 : rsaBits);
    return generator.generateKeyPair();
  }
}
