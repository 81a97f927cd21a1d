package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.at;
import static fortnight.transforms.Sales.item;
import static fortnight.transforms.Sales.sale;
import static fortnight.transforms.Sales.sales;
import static fortnight.transforms.Sales.timed;
import static fortnight.transforms.Sales.volume;
import static java.time.DayOfWeek.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.joda.time.Duration.standardDays;

import fortnight.transforms.Id;
import fortnight.transforms.KeyGroups;
import fortnight.transforms.LineItem;
import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import fortnight.transforms.Transaction;
import fortnight.transforms.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class SliceVolumesTest {
  private static final ComparisonWindows DAILY =
      ComparisonWindows.of(standardDays(7), standardDays(1), MONDAY);

  @Test
  void sumsTheShopAndEachItemPerSlice(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(
            pipeline,
            sale(10, 1, "2023-01-02T09:00"),
            sale(
                "2023-01-02T10:00",
                LineItem.of(Id.ofInteger(10), 2),
                LineItem.of(Id.ofString("10"), -5),
                LineItem.of(Id.ofInteger(10), 3)),
            sale("2023-01-02T08:00"),
            sale(10, 4, "2023-01-03"));

    PCollection<Slice> slices = transactions.apply(SliceVolumes.by(DAILY));

    PAssert.that(slices)
        .satisfies(
            all ->
                assertVolumes(
                    all,
                    Map.of(
                        at("2023-01-02"),
                        Map.of(
                            Scope.SHOP,
                            volume(3, 4, 1, "2023-01-02T08:00", "2023-01-02T10:00"),
                            item(10),
                            Volume.ofItem(3, 6),
                            Scope.of(Id.ofString("10")),
                            Volume.ofItem(1, -5)),
                        at("2023-01-03"),
                        Map.of(
                            Scope.SHOP,
                            volume(1, 1, 4, "2023-01-03", "2023-01-03"),
                            item(10),
                            Volume.ofItem(1, 4)))));
    pipeline.run();
  }

  @Test
  void assignsMidnightToTheNextSlice(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(pipeline, sale(10, 1, "2023-01-02T23:59:59.999"), sale(10, 2, "2023-01-03"));

    PCollection<Slice> slices = transactions.apply(SliceVolumes.by(DAILY));

    PAssert.that(slices)
        .inWindow(new IntervalWindow(at("2023-01-02"), at("2023-01-03")))
        .satisfies(day -> assertUnits(day, at("2023-01-02"), 1));
    PAssert.that(slices)
        .inWindow(new IntervalWindow(at("2023-01-03"), at("2023-01-04")))
        .satisfies(day -> assertUnits(day, at("2023-01-03"), 2));
    pipeline.run();
  }

  @Test
  void emitsNothingForEmptyInput(TestPipeline pipeline) {
    PCollection<Transaction> none = pipeline.apply(Create.empty(Transaction.coder()));

    PCollection<Slice> slices = none.apply(SliceVolumes.by(DAILY));

    PAssert.that(slices).empty();
    pipeline.run();
  }

  @Test
  void emitsOneSlicePerItemOfAStreamWhenTheWatermarkPasses(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        TestStream.create(Transaction.coder())
            .advanceWatermarkTo(at("2023-01-02"))
            .addElements(timed(sale(10, 1, "2023-01-02T09:00")))
            .addElements(timed(sale(20, 2, "2023-01-02T10:00")))
            .advanceWatermarkTo(at("2023-01-03"))
            .addElements(timed(sale(10, 3, "2023-01-03T09:00")))
            .advanceWatermarkToInfinity();

    PCollection<Slice> slices = pipeline.apply(stream).apply(SliceVolumes.by(DAILY));

    KeyGroups groups = KeyGroups.oneForEachItem();
    PAssert.that(slices)
        .inOnTimePane(new IntervalWindow(at("2023-01-02"), at("2023-01-03")))
        .containsInAnyOrder(
            new Slice(
                at("2023-01-02"),
                KeyGroups.SHOP,
                Map.of(Scope.SHOP, volume(2, 2, 3, "2023-01-02T09:00", "2023-01-02T10:00"))),
            new Slice(at("2023-01-02"), groups.of(item(10)), Map.of(item(10), Volume.ofItem(1, 1))),
            new Slice(
                at("2023-01-02"), groups.of(item(20)), Map.of(item(20), Volume.ofItem(1, 2))));
    PAssert.that(slices)
        .inOnTimePane(new IntervalWindow(at("2023-01-03"), at("2023-01-04")))
        .satisfies(day -> assertUnits(day, at("2023-01-03"), 3));
    pipeline.run();
  }

  @Test
  void rejectsWindowedInput() {
    PCollection<Transaction> windowed =
        sales(Pipeline.create(), sale(10, 1, "2023-01-02"))
            .apply(Window.into(FixedWindows.of(standardDays(1))));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> windowed.apply(SliceVolumes.by(DAILY)))
        .withMessageStartingWith("SliceVolumes requires input in the global window, not in ")
        .withMessageContaining("FixedWindows");
  }

  private static Void assertVolumes(
      Iterable<Slice> slices, Map<Instant, Map<Scope, Volume>> expected) {
    Map<Instant, Map<Scope, Volume>> volumes = new HashMap<>();
    slices.forEach(
        slice ->
            volumes
                .computeIfAbsent(slice.start(), start -> new HashMap<>())
                .putAll(slice.volumes()));
    assertThat(volumes).isEqualTo(expected);
    return null;
  }

  /** Asserts that all slices start here, and that the shop and its only item have these units. */
  private static Void assertUnits(Iterable<Slice> slices, Instant start, long units) {
    List<Long> sold = new ArrayList<>();
    for (Slice slice : slices) {
      assertThat(slice.start()).isEqualTo(start);
      slice.volumes().values().forEach(volume -> sold.add(volume.units().longValueExact()));
    }
    assertThat(sold).containsExactly(units, units);
    return null;
  }
}
