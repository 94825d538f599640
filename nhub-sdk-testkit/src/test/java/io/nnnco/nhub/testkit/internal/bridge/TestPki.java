package io.nnnco.nhub.testkit.internal.bridge;

import io.nnnco.nhub.testkit.BridgeFault.ServerCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A CA, server certificates good and bad, and client certificates. */
final class TestPki {
  private static final char[] NO_PASSWORD = new char[0];

  final Identity ca = issue(null, "platform CA", null, Duration.ofDays(1));
  final Identity otherCa = issue(null, "another CA", null, Duration.ofDays(1));
  final Identity client = issue(ca, "svc-acme", null, Duration.ofDays(1));
  private final Map<ServerCertificate, ServerIdentity> servers =
      new EnumMap<>(ServerCertificate.class);

  /** A key with its certificate. */
  record Identity(KeyPair keys, X509Certificate certificate) {}

  ServerIdentity server(ServerCertificate kind) {
    return servers.computeIfAbsent(
        kind,
        wanted -> {
          Identity identity =
              switch (wanted) {
                case GENUINE -> issue(ca, "bridge", "localhost", Duration.ofDays(1));
                case SELF_SIGNED -> issue(null, "bridge", "localhost", Duration.ofDays(1));
                case OTHER_CA -> issue(otherCa, "bridge", "localhost", Duration.ofDays(1));
                case WRONG_NAME -> issue(ca, "bridge", "elsewhere", Duration.ofDays(1));
                case EXPIRED -> issue(ca, "bridge", "localhost", Duration.ofDays(-1));
              };
          return new ServerIdentity(identity.keys().getPrivate(), List.of(identity.certificate()));
        });
  }

  private static Identity issue(
      @Nullable Identity issuer, String name, @Nullable String host, Duration validity) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      X500Name subject = new X500Name("CN=" + name);
      X500Name signer =
          issuer == null
              ? subject
              : new X500Name(issuer.certificate().getSubjectX500Principal().getName());
      Instant end = Instant.now().plus(validity);
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              signer,
              BigInteger.valueOf(System.nanoTime()),
              Date.from(end.minus(Duration.ofDays(2))),
              Date.from(end),
              subject,
              keys.getPublic());
      builder.addExtension(
          Extension.basicConstraints, true, new BasicConstraints(issuer == null && host == null));
      if (host != null) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
      }
      KeyPair signing = issuer == null ? keys : issuer.keys();
      return new Identity(
          keys,
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(signing.getPrivate()))));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a client uses: it trusts the CA, and shows its certificate if it has one. */
  SSLContext clientContext(@Nullable Identity shown) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", ca.certificate());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      if (shown != null) {
        own.setKeyEntry(
            "own",
            shown.keys().getPrivate(),
            NO_PASSWORD,
            new X509Certificate[] {shown.certificate()});
      }
      keys.init(own, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }
}
