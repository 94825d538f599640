package io.nnnco.nhub;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The map of {@code CONTRIBUTING.md}: which package may know which, and which may know a library.
 */
class ArchitectureTest {
  private static final String ROOT = "io.nnnco.nhub.";
  private static final String[] JACKSON = {
    "com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind.."
  };

  /** They tell an ObjectMapper what to write, and need nothing of it. */
  private static final String[] JACKSON_ANNOTATIONS = {"com.fasterxml.jackson.annotation.."};

  private static final String[] OKHTTP = {"okhttp3..", "okio..", "kotlin.."};
  private static final String[] BOUNCY_CASTLE = {"org.bouncycastle.."};

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.nnnco.nhub");

  @Test
  void import_mainClasses_arePresent() {
    assertTrue(CLASSES.contain(ROOT + "core.Enterprise"));
    assertTrue(CLASSES.contain(ROOT + "codec.MessageDecoder"));
  }

  @Test
  void core_knowsNoOtherPackage() {
    knowsNoneOf("core", "message", "codec", "identity", "management");
  }

  @Test
  void message_knowsCoreAlone() {
    knowsNoneOf("message", "codec", "identity", "management");
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "message..")
            .should()
            .dependOnClassesThat(
                not(
                    resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        JACKSON_ANNOTATIONS[0],
                        ROOT + "core..",
                        ROOT + "message"))));
  }

  @Test
  void codec_knowsCoreAndMessageAlone() {
    knowsNoneOf("codec", "identity", "management");
  }

  @Test
  void identity_knowsCoreAlone() {
    knowsNoneOf("identity", "message", "codec", "management");
  }

  @Test
  void management_doesNotKnowMessages() {
    knowsNoneOf("management", "message", "codec");
  }

  @Test
  void recording_knowsCoreMessageAndCodecAlone() {
    knowsNoneOf("recording", "identity", "management");
    for (String area : new String[] {"core", "message", "codec"}) {
      knowsNoneOf(area, "recording");
    }
  }

  @Test
  void jackson_isKnownToCodecRecordingAndManagementInternalAlone() {
    knownOnlyTo(JACKSON, ROOT + "codec..", ROOT + "recording..", ROOT + "management.internal..");
  }

  @Test
  void jacksonAnnotations_areKnownToWhatIsWrittenAsJsonAlone() {
    knownOnlyTo(JACKSON_ANNOTATIONS, ROOT + "core", ROOT + "message");
  }

  @Test
  void databind_isKnownToManagementInternalAlone() {
    knownOnlyTo(new String[] {"com.fasterxml.jackson.databind.."}, ROOT + "management.internal..");
  }

  @Test
  void bouncyCastle_isKnownToIdentityAlone() {
    knownOnlyTo(BOUNCY_CASTLE, ROOT + "identity..");
  }

  @Test
  void okHttp_isKnownToManagementInternalAndTheBuilderThatTakesAClient() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "management.internal..")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "management.ManagementBuilder")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(OKHTTP));
  }

  @Test
  void packages_haveNoCycles() {
    check(slices().matching(ROOT + "(*)..").should().beFreeOfCycles());
  }

  @Test
  void internals_areKnownToTheirOwnAreaAlone() {
    for (String area : new String[] {"codec", "identity", "management"}) {
      check(
          noClasses()
              .that(not(resideInAPackage(ROOT + area + "..")))
              .should()
              .dependOnClassesThat(resideInAPackage(ROOT + area + ".internal..")));
    }
  }

  @Test
  void publicSignatures_showNoInternalType() {
    check(
        classes()
            .that()
            .arePublic()
            .and()
            .resideOutsideOfPackage("..internal..")
            .should(new ShowNoInternalType()));
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
    check(
        fields()
            .that()
            .areStatic()
            .and()
            .areNotFinal()
            .should()
            .beFinal()
            .because("there is no static mutable state"));
  }

  @Test
  void classes_writeToNoStandardStreamAndNoOtherLog() {
    check(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    check(NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
  }

  private void knowsNoneOf(String area, String... others) {
    String[] packages = Stream.of(others).map(p -> ROOT + p + "..").toArray(String[]::new);
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + area + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages));
  }

  private void knownOnlyTo(String[] library, String... packages) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(packages)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(library));
  }

  private void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  /** What a user can see of a class, its supertypes and type parameters included. */
  private static final class ShowNoInternalType extends ArchCondition<JavaClass> {
    ShowNoInternalType() {
      super("show no internal type");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
      Stream<JavaType> supertypes =
          Stream.concat(item.getSuperclass().stream(), item.getInterfaces().stream());
      supertypes.forEach(type -> report(item, "extends", type, events));
      for (JavaField field : item.getFields()) {
        if (isVisible(field.getModifiers())) {
          report(item, field.getFullName(), field.getType(), events);
        }
      }
      for (JavaCodeUnit unit : item.getCodeUnits()) {
        if (isVisible(unit.getModifiers())) {
          report(item, unit.getFullName(), unit.getReturnType(), events);
          unit.getParameterTypes().forEach(t -> report(item, unit.getFullName(), t, events));
        }
      }
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
      return !modifiers.contains(JavaModifier.SYNTHETIC)
          && (modifiers.contains(JavaModifier.PUBLIC)
              || modifiers.contains(JavaModifier.PROTECTED));
    }

    private static void report(
        JavaClass owner, String where, JavaType type, ConditionEvents events) {
      for (JavaClass shown : type.getAllInvolvedRawTypes()) {
        if (shown.getPackageName().contains(".internal")
            && shown.getPackageName().startsWith(ROOT)) {
          events.add(SimpleConditionEvent.violated(owner, where + " shows " + shown.getName()));
        }
      }
    }
  }
}
