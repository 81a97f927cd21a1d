package fortnight.runners;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** Dependencies between the packages of a module point one way. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("fortnight.common", "fortnight.transforms", "fortnight.testdata");

  @Test
  void kafkaClientsDependOnErrorsOfCommands() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("analyses")
        .definedBy("fortnight.common")
        .layer("cli")
        .definedBy("fortnight.common.cli")
        .layer("kafka")
        .definedBy("fortnight.common.kafka")
        .layer("time")
        .definedBy("fortnight.common.time")
        .whereLayer("cli")
        .mayOnlyBeAccessedByLayers("kafka")
        .whereLayer("kafka")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("analyses")
        .mayNotAccessAnyLayer()
        .check(CLASSES);
  }

  @Test
  void transformsDependOnTheModelAndNotOnEachOther() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("model")
        .definedBy("fortnight.transforms")
        .layer("parse")
        .definedBy("fortnight.transforms.parse")
        .layer("volumes")
        .definedBy("fortnight.transforms.volumes")
        .layer("duplicates")
        .definedBy("fortnight.transforms.duplicates")
        .whereLayer("parse")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("volumes")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("duplicates")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void theSimulatorsModelKnowsNoDeliveryAndNoOutput() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("command")
        .definedBy("fortnight.testdata")
        .layer("output")
        .definedBy("fortnight.testdata.output")
        .layer("delivery")
        .definedBy("fortnight.testdata.delivery")
        .layer("model")
        .definedBy("fortnight.testdata.model")
        .whereLayer("command")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("output")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("delivery")
        .mayOnlyBeAccessedByLayers("command", "output")
        .check(CLASSES);
  }
}
