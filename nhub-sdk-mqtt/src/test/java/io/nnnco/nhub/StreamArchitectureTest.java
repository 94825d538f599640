package io.nnnco.nhub;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import org.junit.jupiter.api.Test;

/** The map of the stream: which room may know which. */
class StreamArchitectureTest {
  private static final String INTERNAL = "io.nnnco.nhub.stream.internal";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(StreamArchitectureTest::isOfThisModule)
          .importPackages("io.nnnco.nhub");

  private static boolean isOfThisModule(Location location) {
    return location.contains("nhub-sdk-mqtt");
  }

  @Test
  void import_mainClasses_arePresent() {
    assertTrue(CLASSES.contain("io.nnnco.nhub.NHubClient"));
    assertTrue(CLASSES.contain(INTERNAL + ".delivery.DeliveryPipeline"));
  }

  @Test
  void paho_isKnownToItsAdapterAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(INTERNAL + ".transport.paho")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.paho..")
        .because("no defect of a library may reach a user")
        .check(CLASSES);
  }

  @Test
  void publicStream_knowsNoInternal() {
    noClasses()
        .that()
        .resideInAPackage("io.nnnco.nhub.stream")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(INTERNAL + "..")
        .check(CLASSES);
  }

  @Test
  void transport_knowsNothingOfMessagesHandlersOrDecisions() {
    noClasses()
        .that()
        .resideInAPackage(INTERNAL + ".transport..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.nnnco.nhub.message..",
            "io.nnnco.nhub.codec..",
            INTERNAL + ".delivery..",
            INTERNAL + ".connection..")
        .check(CLASSES);
  }

  @Test
  void connection_isPure() {
    noClasses()
        .that()
        .resideInAPackage(INTERNAL + ".connection")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.concurrent..",
            "java.net..",
            "java.io..",
            INTERNAL + ".transport..",
            INTERNAL + ".delivery..")
        .because("it has no threads, no clock and no I/O")
        .check(CLASSES);
  }

  @Test
  void delivery_doesNotKnowAnEngine() {
    noClasses()
        .that()
        .resideInAPackage(INTERNAL + ".delivery")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(INTERNAL + ".transport.*..", INTERNAL + ".connection..")
        .check(CLASSES);
  }

  @Test
  void rooms_haveNoCycles() {
    slices().matching(INTERNAL + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void publicMethods_showNoInternalType() {
    DescribedPredicate<JavaClass> internal = resideInAPackage("..internal..");
    noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAnyPackage("io.nnnco.nhub", "io.nnnco.nhub.stream")
        .should()
        .haveRawReturnType(internal)
        .orShould()
        .haveRawParameterTypes(describe("internal", types -> types.stream().anyMatch(internal)))
        .check(CLASSES);
  }

  /** Each of them says that it inherits none. */
  @Test
  void threads_inheritNoThreadLocals() {
    noClasses()
        .should()
        .callConstructorWhere(
            describe(
                "a thread is made that inherits thread-locals",
                (JavaConstructorCall call) ->
                    call.getTargetOwner().isEquivalentTo(Thread.class)
                        && call.getTarget().getRawParameterTypes().size() < 5))
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
