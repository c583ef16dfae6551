package io.maskwire.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may depend on what, and habits that hold everywhere. */
class ArchitectureTest {
  private static final String CRYPTO = "io.maskwire.crypto";

  /** The packages of the mathematics, and which others each may use. */
  private static final Map<String, Set<String>> ORDER =
      Map.of(
          "ring", Set.of(),
          "prg", Set.of("ring"),
          "fss", Set.of("ring", "prg"),
          "protocol", Set.of("ring", "prg", "fss"),
          "ir", Set.of("ring"),
          "wire", Set.of("ring", "prg", "fss", "protocol", "ir"),
          "execution", Set.of("ring", "prg", "fss", "protocol", "ir", "wire"));

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ArchitectureTest::isMainCode)
          .importPackages("io.maskwire");

  private static boolean isMainCode(Location location) {
    return !location.contains("/test-classes/") && !location.contains("-tests.jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {CRYPTO, "io.maskwire.compiler", "io.maskwire.cli"})
  void imported_module_isThereWithoutItsTests(String module) {
    assertThat(MAIN.that(resideInAPackage(module + ".."))).hasSizeGreaterThan(40);
    assertThat(MAIN).noneMatch(type -> type.getSimpleName().endsWith("Test"));
  }

  @Test
  void cryptoPackages_all_haveTheirPlaceInTheOrder() {
    assertThat(MAIN.getPackage(CRYPTO).getSubpackages())
        .extracting(JavaPackage::getRelativeName)
        .containsExactlyInAnyOrderElementsOf(ORDER.keySet());
  }

  @ParameterizedTest
  @MethodSource("cryptoPackages")
  void cryptoPackage_each_usesEarlierOnesOnly(String name) {
    List<String> allowed =
        Stream.concat(Stream.of(name), ORDER.getOrDefault(name, Set.of()).stream())
            .map(used -> CRYPTO + "." + used + "..")
            .toList();
    noClasses()
        .that()
        .resideInAPackage(CRYPTO + "." + name + "..")
        .should(
            dependOnClassesThat(
                resideInAPackage("io.maskwire..")
                    .and(not(resideInAnyPackage(allowed.toArray(String[]::new))))))
        .check(MAIN);
  }

  static Stream<String> cryptoPackages() {
    return ORDER.keySet().stream().sorted();
  }

  @ParameterizedTest
  @ValueSource(strings = {CRYPTO, "io.maskwire.cli"})
  void packages_ofAModule_haveNoCycles(String module) {
    slices().matching(module + ".(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void crypto_all_hasNoNetworkFilesClockReflectionOrFramework() {
    noClasses()
        .that()
        .resideInAPackage(CRYPTO + "..")
        .should(
            dependOnClassesThat(
                resideInAnyPackage(
                        "java.net..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.lang.reflect..",
                        "java.sql..",
                        "java.util.logging..",
                        "io.quarkus..",
                        "jakarta..",
                        "org.slf4j..",
                        "com..")
                    .or(resideInAPackage("java.time..").and(not(type(Duration.class))))))
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Class.class, "forName", String.class)
        .check(MAIN);
  }

  @Test
  void compiler_all_doesNotDependOnTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("io.maskwire.compiler..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.maskwire.cli..")
        .check(MAIN);
  }

  @Test
  void names_all_sayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .orShould()
        .resideInAnyPackage("..util..", "..common..", "..helper..", "..misc..")
        .check(MAIN);
  }

  @Test
  void packages_all_areNullMarkedInAPackageInfo() {
    List<JavaPackage> unmarked =
        MAIN.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(each -> !each.isAnnotatedWith(NullMarked.class))
            .toList();

    assertThat(unmarked).isEmpty();
  }

  @Test
  void staticFields_all_areFinalAndNotMutableCollections() {
    ArchRule areFinal =
        fields()
            .that()
            .areStatic()
            .and(describe("written by people", field -> !isSynthetic(field)))
            .should()
            .beFinal();
    areFinal.check(MAIN);
    fields()
        .that()
        .areStatic()
        .should()
        .notHaveRawType(
            describe(
                "a holder of state",
                type ->
                    type.isAssignableTo(ThreadLocal.class)
                        || type.getPackageName().equals("java.util.concurrent.atomic")
                        || (type.isAssignableTo(Collection.class) && !type.isInterface())
                        || (type.isAssignableTo(Map.class) && !type.isInterface())))
        .check(MAIN);
  }

  private static boolean isSynthetic(JavaField field) {
    return field.getModifiers().contains(JavaModifier.SYNTHETIC);
  }

  @Test
  void randomness_ofSecrets_isSecure() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.maskwire.cli.demo..", "io.maskwire.cli.bench..")
        .should(
            dependOnClassesThat(
                type(java.util.Random.class)
                    .or(type(java.util.SplittableRandom.class))
                    .or(type(ThreadLocalRandom.class))
                    .or(type(RandomGenerator.class))
                    .or(resideInAPackage("java.util.random.."))))
        .orShould()
        .callMethod(Math.class, "random")
        .check(MAIN);
  }

  @Test
  void randomness_deterministicSeams_areNotPublic() {
    classes()
        .that()
        .resideInAPackage(CRYPTO + "..")
        .and()
        .haveSimpleName("SeededRandomness")
        .should()
        .notBePublic()
        .check(MAIN);
  }

  private static DescribedPredicate<JavaClass> type(Class<?> wanted) {
    return describe(wanted.getName(), type -> type.getName().equals(wanted.getName()));
  }
}
