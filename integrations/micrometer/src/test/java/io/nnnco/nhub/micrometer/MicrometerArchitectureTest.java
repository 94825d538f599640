package io.nnnco.nhub.micrometer;

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
class MicrometerArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.nnnco.nhub.micrometer");

  @Test
  void import_mainClasses_arePresent() {
    assertTrue(CLASSES.contain("io.nnnco.nhub.micrometer.NHubMetrics"));
  }

  @Test
  void everything_usesTheSdkByItsPublicTypesOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.nnnco.nhub..internal..")
        .because("another metrics library must be able to do the same")
        .check(CLASSES);
  }

  @Test
  void everything_needsNoLibraryButMicrometerAndSlf4j() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "io.nnnco.nhub..", "io.micrometer..", "org.jspecify..", "org.slf4j..")
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
