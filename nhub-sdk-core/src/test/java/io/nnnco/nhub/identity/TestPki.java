package io.nnnco.nhub.identity;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Makes CAs and certificates for tests: each is a certificate with its key. */
public final class TestPki {
  public static final Instant NOT_BEFORE = Instant.parse("2020-01-01T00:00:00Z");
  public static final Instant NOT_AFTER = Instant.parse("2099-01-01T00:00:00Z");
  private static final AtomicLong SERIAL = new AtomicLong(1);

  private TestPki() {}

  /** A certificate and its key. */
  public record Held(X509Certificate certificate, PrivateKey key) {
    public String certificatePem() {
      return pem(certificate);
    }

    /** In the traditional form: EC PRIVATE KEY or RSA PRIVATE KEY. */
    public String keyPem() {
      return pem(key);
    }

    public ClientIdentity issuedBy(Held ca) {
      return ClientIdentity.fromPem(certificatePem(), keyPem(), ca.certificatePem());
    }

    public Held signClient(String name) {
      return sign(name, "P-256", false, NOT_BEFORE, NOT_AFTER);
    }

    public Held signClient(String name, String keyType) {
      return sign(name, keyType, false, NOT_BEFORE, NOT_AFTER);
    }

    public Held signClient(String name, Instant notBefore, Instant notAfter) {
      return sign(name, "P-256", false, notBefore, notAfter);
    }

    public Held signCa(String name) {
      return sign(name, "P-256", true, NOT_BEFORE, NOT_AFTER);
    }

    /** Another certificate for the subject and key of a CA, issued by this one. */
    public Held crossSign(Held ca, Instant notBefore, Instant notAfter) {
      return certify(pairOf(ca), nameOf(ca), true, notBefore, notAfter, this);
    }

    private Held sign(
        String name, String keyType, boolean ca, Instant notBefore, Instant notAfter) {
      return certify(keyPair(keyType), name, ca, notBefore, notAfter, this);
    }
  }

  public static Held ca(String name) {
    return ca(name, "P-256");
  }

  public static Held ca(String name, String keyType) {
    return certify(keyPair(keyType), name, true, NOT_BEFORE, NOT_AFTER, null);
  }

  public static Held ca(String name, Instant notBefore, Instant notAfter) {
    return certify(keyPair("P-256"), name, true, notBefore, notAfter, null);
  }

  /** A certificate that is its own CA, as small servers have. */
  public static Held selfSigned(String name) {
    return certify(keyPair("P-256"), name, false, NOT_BEFORE, NOT_AFTER, null);
  }

  /** A CA of X.509 version 1, which has no extensions at all. */
  public static Held caWithoutExtensions(String name) {
    KeyPair pair = keyPair("P-256");
    X500Principal subject = new X500Principal("CN=" + name);
    try {
      return new Held(
          new JcaX509CertificateConverter()
              .getCertificate(
                  new JcaX509v1CertificateBuilder(
                          subject,
                          BigInteger.valueOf(SERIAL.getAndIncrement()),
                          Date.from(NOT_BEFORE),
                          Date.from(NOT_AFTER),
                          subject,
                          pair.getPublic())
                      .build(signer(pair.getPrivate()))),
          pair.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another certificate for the same subject and key, as a CA that was renewed has. */
  public static Held renew(Held ca) {
    return certify(
        pairOf(ca), nameOf(ca), true, NOT_BEFORE.plus(Duration.ofDays(1)), NOT_AFTER, null);
  }

  private static KeyPair pairOf(Held held) {
    return new KeyPair(held.certificate().getPublicKey(), held.key());
  }

  private static String nameOf(Held held) {
    return held.certificate().getSubjectX500Principal().getName().substring("CN=".length());
  }

  public static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  public static KeyPair keyPair(String type) {
    try {
      if (type.equals("RSA")) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
      }
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(type.replace("P-", "secp") + "r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Held certify(
      KeyPair pair,
      String name,
      boolean ca,
      Instant notBefore,
      Instant notAfter,
      @Nullable Held issuer) {
    X500Principal subject = new X500Principal("CN=" + name);
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer == null ? subject : issuer.certificate().getSubjectX500Principal(),
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(notBefore),
              Date.from(notAfter),
              subject,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      if (!ca) {
        GeneralName[] names = {
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        };
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      ContentSigner signer = signer(issuer == null ? pair.getPrivate() : issuer.key());
      return new Held(
          new JcaX509CertificateConverter().getCertificate(builder.build(signer)),
          pair.getPrivate());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    return new JcaContentSignerBuilder(algorithm).build(key);
  }
}
