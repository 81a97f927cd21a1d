package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.kafka.KafkaTopicSource;
import fortnight.pipelines.options.RetailConfig;
import java.io.ObjectStreamClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.junit.jupiter.api.Test;

/**
 * The names that savepoints contain: of the steps of the streaming graph, and of the classes that
 * are serialized. A change makes savepoints of earlier builds useless.
 */
class StreamingGraphTest {
  private static final String SOURCE = "Read transactions";
  private static final String TOPIC = "--input=kafka://localhost:9092/sales";

  /** Steps after the source, without those that write. */
  private static final List<String> STEPS =
      List.of(
          "Parse transactions/Parse",
          "Measure volumes/Slice volumes/Sum bundles/ParMultiDo(SumBundle)",
          "Measure volumes/Slice volumes/Window into slices/Window.Assign",
          "Measure volumes/Slice volumes/Sum slices/GroupByKey",
          "Measure volumes/Slice volumes/Sum slices/Combine.GroupedValues/ParDo(Anonymous)/ParMultiDo(Anonymous)",
          "Measure volumes/Slice volumes/To slices/ParMultiDo(Name)",
          "Measure volumes/Tumbling volumes/Tumbling windows/Window.Assign",
          "Measure volumes/Tumbling volumes/Key by group/ParMultiDo(Key)",
          "Measure volumes/Tumbling volumes/Sum windows/GroupByKey",
          "Measure volumes/Tumbling volumes/Sum windows/Combine.GroupedValues/ParDo(Anonymous)/ParMultiDo(Anonymous)",
          "Measure volumes/Tumbling volumes/To window volumes/ParMultiDo(Name)",
          "Measure volumes/Tumbling volumes/Global window/Window.Assign",
          "Measure volumes/Volume rows/ParMultiDo(Row)",
          "Measure volumes/Compare volumes/Sliding windows/Window.Assign",
          "Measure volumes/Compare volumes/Split into halves/ParMultiDo(Halves)",
          "Measure volumes/Compare volumes/Sum halves/GroupByKey",
          "Measure volumes/Compare volumes/Sum halves/Combine.GroupedValues/ParDo(Anonymous)/ParMultiDo(Anonymous)",
          "Measure volumes/Compare volumes/Compare/ParMultiDo(Compare)",
          "Measure volumes/Compare volumes/Global window/Window.Assign",
          "Measure volumes/Compare volumes/Silent windows/Closed slices of the shop/ParMultiDo(Closed)",
          "Measure volumes/Compare volumes/Silent windows/Global window/Window.Assign",
          "Measure volumes/Compare volumes/Silent windows/Emit silent windows/ParMultiDo(Silent)",
          "Measure volumes/Compare volumes/All changes",
          "Measure volumes/Change rows/ParMultiDo(Row)",
          "Measure volumes/All rows",
          "Format dead letters/Map/ParMultiDo(Anonymous)");

  private final List<String> steps = new ArrayList<>();
  private final Set<String> coders = new TreeSet<>();

  @Test
  void keepsTheNamesOfStepsThatWriteTopics() {
    traverse(TOPIC, "--output=kafka://localhost:9092/results.");

    assertThat(steps)
        .containsAll(STEPS)
        .contains(
            "Write rows/To messages/ParMultiDo(Message)",
            "Write rows/Send messages/ParMultiDo(KafkaWriter)",
            "Write dead letters/To messages/ParMultiDo(Message)",
            "Write dead letters/Send messages/ParMultiDo(KafkaWriter)")
        .hasSize(STEPS.size() + 4);
  }

  @Test
  void keepsTheNamesOfStepsThatWriteTables() {
    traverse(TOPIC, "--output=postgresql://localhost:5432/shop");

    assertThat(steps)
        .containsAll(STEPS)
        .contains(
            "Write rows/To tables/ParMultiDo(UpsertRows)",
            "Write dead letters/To tables/ParMultiDo(UpsertRows)")
        .hasSize(STEPS.size() + 2);
  }

  @Test
  void keepsTheNamesOfStepsThatWriteFilesAndDropDuplicates() {
    traverse(TOPIC, "--output=results", "--dropDuplicatesWithin=1d", "--earlyEvery=10s");

    assertThat(steps)
        .containsAll(STEPS)
        .contains(
            "Drop duplicates/Key by id/AddKeys/Map/ParMultiDo(Anonymous)",
            "Drop duplicates/Drop on arrival/ParMultiDo(DropOnArrival)",
            "Write rows/To files/By window/Window.Assign",
            "Write rows/To files/Key by pane/AddKeys/Map/ParMultiDo(Anonymous)",
            "Write rows/To files/Gather panes",
            "Write rows/To files/Write panes/ParMultiDo(PaneFile)",
            "Write dead letters/To files/By window/Window.Assign",
            "Write dead letters/To files/Key by pane/AddKeys/Map/ParMultiDo(Anonymous)",
            "Write dead letters/To files/Gather panes",
            "Write dead letters/To files/Write panes/ParMultiDo(PaneFile)")
        .hasSize(STEPS.size() + 10);
  }

  @Test
  void keepsTheNamesOfCoders() {
    traverse(TOPIC, "--output=results", "--dropDuplicatesWithin=1d");

    assertThat(coders)
        .containsExactly(
            "fortnight.pipelines.rows.ResultRow$RowCoder",
            "fortnight.transforms.DeadLetter$DeadLetterCoder",
            "fortnight.transforms.Id$IdCoder",
            "fortnight.transforms.PayloadBatch$PayloadBatchCoder",
            "fortnight.transforms.ScopeTableCoder",
            "fortnight.transforms.Slice$SliceCoder",
            "fortnight.transforms.Transaction$TransactionCoder",
            "fortnight.transforms.Volume$VolumeCoder",
            "fortnight.transforms.VolumeChange$VolumeChangeCoder",
            "fortnight.transforms.WindowVolume$WindowVolumeCoder",
            "fortnight.transforms.volumes.Halves$HalvesCoder",
            "fortnight.transforms.volumes.ShopSlice$ShopSliceCoder");
  }

  @Test
  void keepsTheNameOfTheSource() {
    assertThat(KafkaTopicSource.class.getName())
        .isEqualTo("fortnight.pipelines.kafka.KafkaTopicSource");
    assertThat(ObjectStreamClass.lookup(KafkaTopicSource.class).getSerialVersionUID()).isEqualTo(2);
  }

  private void traverse(String... args) {
    RetailConfig config = RetailConfig.parse(args);
    Pipeline pipeline = Pipeline.create(config.options());
    RetailAnalytics.build(
        pipeline.apply(SOURCE, Read.from(KafkaTopicSource.of(List.of(0, 1)))), config);
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            if (!node.getFullName().startsWith(SOURCE)) {
              steps.add(node.getFullName());
            }
          }

          @Override
          public void visitValue(PValue value, TransformHierarchy.Node producer) {
            if (value instanceof PCollection<?> collection) {
              addCoder(collection.getCoder());
            }
          }
        });
  }

  private void addCoder(Coder<?> coder) {
    if (coder.getClass().getName().startsWith("fortnight.")) {
      coders.add(coder.getClass().getName());
    }
    coder.getCoderArguments().forEach(this::addCoder);
  }
}
