package io.nnnco.nhub.brokers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.hivemq.HiveMQContainer;
import org.testcontainers.hivemq.HiveMQExtension;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * HiveMQ CE in two containers, as {@link EmbeddedHiveMq} has two servers: for machines with Docker.
 * Ends with status 3 where there is none, or none that can get the image. The certificate is for
 * {@code localhost}, so Docker has to be on this machine.
 */
final class HiveMqContainers {
  private static final int NO_DOCKER = 3;
  private static final int CERTIFICATES = 8883;
  private static final int PASSWORDS = 8884;
  private static final String CONFIGURATION_FOLDER = "/opt/hivemq/conf";

  /** The release that {@link EmbeddedHiveMq} has as a library. */
  private static final DockerImageName IMAGE = DockerImageName.parse("hivemq/hivemq-ce:2025.5");

  private HiveMqContainers() {}

  /** With the folder that holds the key stores. */
  public static void main(String[] args) throws IOException {
    try {
      if (!DockerClientFactory.instance().isDockerAvailable()) {
        System.exit(NO_DOCKER);
      }
      run(Path.of(args[0]));
    } catch (ContainerFetchException e) {
      System.exit(NO_DOCKER);
    }
  }

  private static void run(Path folder) throws IOException {
    String byCertificate =
        Configuration.byCertificate("0.0.0.0", CERTIFICATES, CONFIGURATION_FOLDER);
    String byPassword = Configuration.byPassword("0.0.0.0", PASSWORDS, CONFIGURATION_FOLDER);
    try (HiveMQContainer usual =
            container(folder, "usual.xml", Configuration.usual(byCertificate + byPassword));
        HiveMQContainer limited =
            container(folder, "limited.xml", Configuration.limited(byCertificate))) {
      usual.addExposedPort(PASSWORDS);
      usual.start();
      limited.start();
      Parent.tellAndAwaitEnd(
          folder,
          usual.getMappedPort(CERTIFICATES),
          usual.getMappedPort(PASSWORDS),
          limited.getMappedPort(CERTIFICATES));
    }
  }

  private static HiveMQContainer container(Path folder, String name, String configuration)
      throws IOException {
    Path file = Files.writeString(folder.resolve(name), configuration);
    HiveMQExtension scope =
        HiveMQExtension.builder()
            .id("scope")
            .name("Scope")
            .version("1")
            .mainClass(Scope.class)
            .build();
    HiveMQContainer container =
        new HiveMQContainer(IMAGE)
            .withoutPrepackagedExtensions() // One of them lets everybody in.
            .withExtension(scope)
            .waitForExtension(scope)
            .withHiveMQConfig(MountableFile.forHostPath(file))
            .withFileInHomeFolder(keyStore(folder, "server.p12"), "/conf/server.p12")
            .withFileInHomeFolder(keyStore(folder, "trusted.p12"), "/conf/trusted.p12");
    container.addExposedPort(CERTIFICATES);
    return container;
  }

  private static MountableFile keyStore(Path folder, String name) {
    return MountableFile.forHostPath(folder.resolve(name));
  }
}
