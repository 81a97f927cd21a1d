package fortnight.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Measure;
import fortnight.transforms.formats.Preset;
import fortnight.transforms.parse.ParseTransactions;
import fortnight.transforms.parse.ParsedTransactions;
import fortnight.transforms.volumes.CompareVolumes;
import fortnight.transforms.volumes.ComparisonWindows;
import fortnight.transforms.volumes.SliceVolumes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a custom pipeline in the README. */
class OwnPipelineTest {
  @TempDir private Path directory;

  @Test
  void comparesWeeksInTenLines() throws Exception {
    String orders = directory.resolve("orders.jsonl").toString();
    Files.write(
        Path.of(orders), List.of(order("2023-01-02T09:00"), order("2023-01-10T09:00"), "nonsense"));
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());

    ParsedTransactions parsed =
        pipeline
            .apply(TextIO.read().from(orders))
            .apply(ParseTransactions.fromLines().withFormat(Preset.SHOPIFY.format()));
    ComparisonWindows weeks = ComparisonWindows.weeks();
    PCollection<VolumeChange> changes =
        parsed.transactions().apply(SliceVolumes.by(weeks)).apply(CompareVolumes.by(weeks));
    PCollection<DeadLetter> rejected = parsed.deadLetters();

    Scope leash = Scope.of(Id.ofString("leash"));
    PAssert.that(changes)
        .containsInAnyOrder(
            change("2022-12-26", Scope.SHOP, 0, 1),
            change("2023-01-02", Scope.SHOP, 1, 1),
            change("2022-12-26", leash, 0, 2),
            change("2023-01-02", leash, 2, 2));
    PAssert.thatSingleton(rejected)
        .satisfies(
            letter -> {
              assertThat(letter.reason()).isEqualTo(RejectReason.MALFORMED_JSON);
              assertThat(letter.payload()).isEqualTo("nonsense");
              assertThat(letter.source()).isEmpty();
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void containsTheCodeOfTheReadme() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    int start = readme.indexOf("```java\n") + "```java\n".length();
    String code = readme.substring(start, readme.indexOf("```", start));

    assertThat(Path.of("src/test/java/fortnight/transforms/OwnPipelineTest.java"))
        .content()
        .contains(code.indent(4));
  }

  private static String order(String at) {
    return "{\"id\": 1, \"created_at\": \""
        + at
        + "\", \"line_items\": [{\"product_id\": \"leash\", \"quantity\": 2}]}";
  }

  private static VolumeChange change(String monday, Scope scope, long previous, long current) {
    Instant start = Instant.parse(monday + "T00:00:00Z");
    Instant middle = start.plus(Duration.standardDays(7));
    Instant end = middle.plus(Duration.standardDays(7));
    return new VolumeChange(
        start,
        middle,
        end,
        scope,
        scope.isShop() ? Measure.TRANSACTIONS : Measure.UNITS,
        Int128.of(previous),
        Int128.of(current),
        scope.isShop() ? previous + current : (previous + current) / 2,
        Pane.ON_TIME);
  }
}
