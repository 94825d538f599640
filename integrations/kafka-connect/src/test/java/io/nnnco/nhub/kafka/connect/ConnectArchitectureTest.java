package io.nnnco.nhub.kafka.connect;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What this module may know. */
class ConnectArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.nnnco.nhub.kafka.connect");

  @Test
  void import_mainClasses_arePresent() {
    assertTrue(CLASSES.contain(NHubSourceTask.class));
  }

  @Test
  void everything_usesTheSdkByItsPublicTypesOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.nnnco.nhub..internal..")
        .because("another connector must be able to do the same")
        .check(CLASSES);
  }

  @Test
  void everything_needsNoLibraryButConnectsApiAndSlf4j() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.management..",
            "io.nnnco.nhub..",
            "org.apache.kafka.common.config..",
            "org.apache.kafka.common.utils..",
            "org.apache.kafka.clients.producer..",
            "org.apache.kafka.connect.connector..",
            "org.apache.kafka.connect.data..",
            "org.apache.kafka.connect.errors..",
            "org.apache.kafka.connect.header..",
            "org.apache.kafka.connect.source..",
            "org.jspecify..",
            "org.slf4j..")
        .because("the workers of 3.9 have no more than these have in common")
        .check(CLASSES);
  }

  @Test
  void staticFields_areFinal() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }

  @Test
  void classes_writeToNoStandardStream() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }
}
