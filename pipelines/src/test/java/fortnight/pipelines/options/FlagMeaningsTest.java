package fortnight.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.common.Analysis;
import fortnight.common.cli.Durations;
import fortnight.common.time.EventTimeRange;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each flag means what the contract says. */
class FlagMeaningsTest {
  @TempDir Path directory;

  private String input;
  private Path output;

  @BeforeEach
  void hasAnInputAndAnOutput() throws IOException {
    input = Files.writeString(directory.resolve("sales.jsonl"), "{}\n").toString();
    output = directory.resolve("out");
  }

  @ParameterizedTest
  @CsvSource({
    "7d, 604800000",
    "12h, 43200000",
    "15m, 900000",
    "10s, 10000",
    "P7D, 604800000",
    "P1W, 604800000",
    "PT12H, 43200000",
    "PT0.5S, 500",
    "p1dt12h, 129600000"
  })
  void readsLengthsOfTime(String text, long millis) {
    assertThat(Durations.parse(text).toMillis()).isEqualTo(millis);
  }

  @Test
  void countsRejectedRecordsOrTheirShare() {
    assertThat(RejectLimit.parse("3").isExceededBy(3, 4)).isFalse();
    assertThat(RejectLimit.parse("3").isExceededBy(4, 4_000)).isTrue();
    assertThat(RejectLimit.parse("0").isExceededBy(1, 1_000_000)).isTrue();
    assertThat(RejectLimit.parse("0.1%").isExceededBy(1, 1_000)).isFalse();
    assertThat(RejectLimit.parse("0.1%").isExceededBy(2, 1_999)).isTrue();
    assertThat(RejectLimit.parse("100%").isExceededBy(7, 7)).isFalse();
  }

  @Test
  void hasTheDefaultsOfTheContract() {
    RetailConfig flags = RetailConfig.parse("--input=" + input);

    assertThat(flags.output()).hasToString("out");
    assertThat(flags.deadLetters().toString()).endsWith("/out/dead-letters.jsonl");
    assertThat(flags.analyses())
        .containsExactlyInAnyOrder(
            Analysis.WEEKLY_VOLUME,
            Analysis.VOLUME_CHANGE,
            Analysis.PRODUCT_VOLUME,
            Analysis.PRODUCT_VOLUME_CHANGE);
    assertThat(flags.windows().period()).isEqualTo("PT604800S");
    assertThat(flags.windows().every()).isEqualTo("PT604800S");
    assertThat(flags.timeZone().getRules().isFixedOffset()).isTrue();
    assertThat(flags.maxRejected()).isEqualTo(new RejectLimit(BigDecimal.valueOf(100), true));
    assertThat(flags.from()).isEqualTo(Instant.ofEpochMilli(EventTimeRange.FIRST));
    assertThat(flags.until()).isEqualTo(Instant.ofEpochMilli(EventTimeRange.END));
  }

  @Test
  void readsEachFlag() {
    RetailConfig flags =
        RetailConfig.parse(
            "--input=" + input,
            "--output=" + output,
            "--deadLetters=" + directory.resolve("rejected.jsonl"),
            "--analyses=product-volume, weekly-volume",
            "--period=12h",
            "--every=PT3H",
            "--weekStart=friday",
            "--timeZone=Europe/Berlin",
            "--from=2023-01-01",
            "--until=2023-07-01T00:00Z",
            "--maxRejected=0.5%");

    assertThat(flags.deadLetters()).hasToString(directory.resolve("rejected.jsonl").toString());
    assertThat(flags.analyses()).isEqualTo(Set.of(Analysis.WEEKLY_VOLUME, Analysis.PRODUCT_VOLUME));
    assertThat(flags.windows().period()).isEqualTo("PT43200S");
    assertThat(flags.windows().every()).isEqualTo("PT10800S");
    assertThat(flags.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(flags.from()).isEqualTo(Instant.parse("2023-01-01T00:00:00Z"));
    assertThat(flags.until()).isEqualTo(Instant.parse("2023-07-01T02:00:00Z"));
    assertThat(flags.maxRejected()).isEqualTo(new RejectLimit(new BigDecimal("0.5"), true));
  }

  @Test
  void knowsNoMeaningForOtherLengths() {
    for (String text : List.of("", "d", "7w", "1.5h", "0s", "PT0S", "P1Y", "9999999999d")) {
      assertThatThrownBy(() -> Durations.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void takesNowForTheClockOfTheZoneAtTheStart() {
    Instant before = clockIn("Asia/Tokyo");

    Instant until =
        RetailConfig.parse("--input=" + input, "--timeZone=Asia/Tokyo", "--until=now").until();

    assertThat(until).isBetween(before, clockIn("Asia/Tokyo"));
  }

  private static Instant clockIn(String zone) {
    LocalDateTime clock = LocalDateTime.now(ZoneId.of(zone));
    return Instant.ofEpochMilli(clock.toInstant(ZoneOffset.UTC).toEpochMilli());
  }
}
