package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.core.internal.HostName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names that a certificate is issued for (RFC 9525): only its subject alternative names, never
 * its common name. A wildcard stands for the whole leftmost label.
 */
record ServerNames(List<String> names, List<String> addresses) {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  static ServerNames of(X509Certificate certificate) throws CertificateParsingException {
    List<String> names = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    if (all != null) {
      for (List<?> each : all) {
        if (each.get(0).equals(DNS_NAME)) {
          names.add(String.valueOf(each.get(1)));
        } else if (each.get(0).equals(IP_ADDRESS)) {
          addresses.add(String.valueOf(each.get(1)));
        }
      }
    }
    return new ServerNames(names, addresses);
  }

  /** The messages begin like the JDK's. */
  void require(String host) throws CertificateException {
    if (names.isEmpty() && addresses.isEmpty()) {
      throw new CertificateException(
          "No subject alternative names present, and a common name does not count");
    }
    if (HostName.isAddress(host) ? !hasAddress(host) : !hasName(host)) {
      List<String> all = new ArrayList<>(names);
      all.addAll(addresses);
      throw new CertificateException(
          "No name matching " + host + " found; it is for " + String.join(", ", all));
    }
  }

  private boolean hasName(String host) {
    String wanted = lowerCase(HostName.withoutDot(host));
    return names.stream().anyMatch(name -> matches(lowerCase(name), wanted));
  }

  private static boolean matches(String name, String wanted) {
    if (!name.startsWith("*.")) {
      return name.indexOf('*') < 0 && name.equals(wanted);
    }
    String parent = name.substring(1);
    int dot = wanted.indexOf('.');
    return parent.indexOf('*') < 0
        && parent.indexOf('.', 1) > 0
        && dot > 0
        && wanted.substring(dot).equals(parent);
  }

  private boolean hasAddress(String host) {
    Optional<InetAddress> wanted = address(host);
    return wanted.isPresent()
        && addresses.stream().map(ServerNames::address).anyMatch(wanted::equals);
  }

  /** No lookup: the text is an address. */
  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty(); // Almost one.
    }
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
