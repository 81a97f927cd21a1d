package fortnight.transforms.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Makes the table of notations in docs/formats.md, and tests that the file contains it. */
class NotationsTableTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "formats.md");

  private static final List<String> NOTATIONS =
      List.of(
          "2023-07-03T09:05",
          "2023-07-03T09:05:59",
          "2023-07-03T09:05:59.123456789",
          "2023-07-03T09:05:59,5",
          "2023-07-03 09:05:59",
          "2023-07-03t09:05:59",
          "20230703T090559",
          "2023-07-03T09",
          "2023-07-03T24:00",
          "2023-07-03T09:05:59Z",
          "2023-07-03T09:05:59z",
          "2023-07-03T09:05:59+05:30",
          "2023-07-03T09:05:59+0530",
          "2023-07-03T09:05:59+05",
          "2023-07-03T09:05:59-03:00",
          "2023-07-03 09:05:59 +02:00",
          "2023-07-03 09:05:59 UTC",
          "2023-07-03T09:05:59+02:00[Europe/Berlin]");

  @Test
  void isTheTableOfTheDocument() throws IOException {
    List<String> lines = NOTATIONS.stream().map(NotationsTableTest::line).toList();

    assertThat(Files.readString(DOCUMENT)).contains(String.join("\n", lines));
  }

  private static String line(String notation) {
    return "| `%s` | `%s` | `%s` |"
        .formatted(
            notation,
            eventTime(EventTimes.in(ZoneOffset.UTC), notation),
            eventTime(EventTimes.in(ZoneId.of("Europe/Berlin")), notation));
  }

  private static String eventTime(EventTimes times, String notation) {
    return times.at(notation).toString().replace("Z", "");
  }
}
