package io.nnnco.nhub.testkit.internal.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which way the bridge's packages may look. */
class BridgeArchitectureTest {
  @Test
  void broker_knowsNeitherNettyNorSocketsNorThreads() {
    noClasses()
        .that()
        .resideInAPackage("..bridge.broker..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.netty..",
            "java.net..",
            "javax.net..",
            "java.util.concurrent..",
            "io.nnnco.nhub.testkit.internal.bridge")
        .because("sessions and routing are read, tested and moved without a network")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.nnnco.nhub.testkit.internal.bridge"));
  }
}
