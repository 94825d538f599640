package io.nnnco.nhub.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.nnnco.nhub.message.MessageKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Who may use what. */
final class ArchitectureTest {
  private static final String ROOT = "io.nnnco.nhub.testkit";

  private final JavaClasses testkit =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void everything_usesOfTheSdkOnlyItsWordsAndIdentities() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.nnnco.nhub..")
                .and(
                    not(
                        resideInAnyPackage(
                                ROOT + "..",
                                "io.nnnco.nhub.core",
                                "io.nnnco.nhub.identity",
                                "io.nnnco.nhub.recording")
                            .or(equivalentTo(MessageKind.class)))))
        .because("the fake is a second opinion on messages, codec, management and stream")
        .check(testkit);
  }

  @Test
  void libraries_areEachUsedInOnePlace() {
    onlyIn("internal.bridge..", "io.netty..");
    onlyIn("internal.api..", "mockwebserver3..", "okhttp3..", "okio..");
    onlyIn("internal.[api|control]..", "com.fasterxml.jackson..");
    onlyIn("internal.control.http..", "com.sun.net.httpserver..");
    onlyIn("internal.platform..", "org.bouncycastle..");
    onlyIn("junit..", "org.junit..");
  }

  private void onlyIn(String place, String... libraries) {
    noClasses()
        .that(are(not(resideInAPackage(ROOT + "." + place))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .because("a library that is met in one place can be replaced there")
        .check(testkit);
  }

  @Test
  void sessionsAndRouting_knowNoSockets() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".internal.bridge.broker")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "java.net..", "javax.net..")
        .because("they are tested with virtual time, and can be moved")
        .check(testkit);
  }

  @Test
  void simulation_knowsNoClockAndNoThreads() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".internal.simulation")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent..")
        .because("a seed and the time are all it depends on")
        .check(testkit);
    classes()
        .that()
        .resideInAPackage(ROOT + ".internal.simulation")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", ROOT, ROOT + ".internal.simulation", "org.jspecify..")
                .or(equivalentTo(MessageKind.class)))
        .check(testkit);
  }

  @Test
  void exportedSignatures_areWithoutInternalTypes() {
    List<String> leaks = new ArrayList<>();
    testkit.stream()
        .filter(type -> !type.getPackageName().contains(".internal"))
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .flatMap(type -> type.getCodeUnits().stream())
        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(ArchitectureTest::showsInternals)
        .forEach(unit -> leaks.add(unit.getFullName()));

    Assertions.assertEquals(List.of(), leaks);
  }

  private static boolean showsInternals(JavaCodeUnit unit) {
    return unit.getRawReturnType().getPackageName().contains(".internal")
        || unit.getRawParameterTypes().stream()
            .anyMatch(type -> type.getPackageName().contains(".internal"));
  }
}
