package io.nnnco.nhub.management;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import java.net.URI;
import java.nio.file.Path;

/** Runs in a class loader of its own: what an application asks of the management API. */
final class UsersLibrariesProbe {
  private UsersLibrariesProbe() {}

  /** Gives the ids it was told, in the words of the JDK, which all class loaders share. */
  public static String run(String address, String directory) {
    NHubEnvironment environment = NHubEnvironment.at(URI.create(address), "localhost", 8883);
    try (Management management =
        Management.builder(environment).token(Secret.of("a-token-of-16-characters")).build()) {
      Certificates certificates = management.certificates();
      IssuedCertificate issued =
          certificates.issueTo(Path.of(directory), CertificateSpec.of("Production", "7d0a"));
      String listed = certificates.list().map(MqttCertificate::id).toList().toString();
      certificates.revoke(issued.id());
      try {
        return management.apiKeys().create("svc").id();
      } catch (ManagementException e) {
        return issued.id() + " " + listed + " " + e.code().id();
      }
    }
  }
}
