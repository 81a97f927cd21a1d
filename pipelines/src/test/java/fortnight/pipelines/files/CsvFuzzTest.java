package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Payload;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.RecordEncoding;
import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.parse.RecordParser;
import fortnight.transforms.parse.RecordParser.Result;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** Reads files of valid rows of which some are mutated. */
class CsvFuzzTest {
  private static final int MUTATED_ROWS = Boolean.getBoolean("long") ? 100_000 : 20_000;
  private static final String SIGNIFICANT = "\"\"\"\"\"\",,,,\n\n\r\r \t0a;\u00e9\u0000";
  private static final String TEXT = "ab\u00e9 ;,\"\"\n\r0";
  private static final Pattern VALID_ROW =
      Pattern.compile(
          "(?s)(?:\"(?:[^\"]|\"\")*+\"|[^\",\r\n][^,\r\n]*+|)"
              + "(?:,(?:\"(?:[^\"]|\"\")*+\"|[^\",\r\n][^,\r\n]*+|))*+");

  private static final RecordFormat FORMAT =
      RecordFormat.parse(
          "records=csv,charset=ISO-8859-1,id=id,time=time,item=item,quantity=quantity,"
              + "header=[id, note, time, item, quantity]");

  private final Random random = new Random(7);
  private final RecordParser parser = RecordParser.of(FORMAT, ZoneOffset.UTC);

  /** A row of a file, before and after a mutation. */
  private record Row(Transaction transaction, boolean isMutated, int start, int end) {}

  @Test
  void acceptsExactlyWhatIsNotJoinedWithAMutatedRow() throws IOException {
    int mutated = 0;
    int accepted = 0;
    int joined = 0;
    while (mutated < MUTATED_ROWS) {
      StringBuilder text = new StringBuilder();
      List<Row> rows = rows(text);
      String file = text.toString();
      Map<CsvRows, Result> results = read(file);
      Set<Row> affected = affected(rows, results.keySet());

      for (Map.Entry<CsvRows, Result> result : results.entrySet()) {
        if (result.getValue().transaction() != null) {
          accepted++;
          assertThat(result.getKey().of(file)).matches(VALID_ROW);
        }
      }
      for (Row row : rows) {
        if (!affected.contains(row)) {
          Result result = results.get(new CsvRows(row.start, row.end));
          assertThat(result).as(file).isEqualTo(new Result(row.transaction, null));
        }
      }
      mutated += (int) rows.stream().filter(Row::isMutated).count();
      joined += affected.size();
    }
    assertThat(accepted).isGreaterThan(mutated);
    assertThat(joined - mutated).isLessThan(mutated / 4);
  }

  private List<Row> rows(StringBuilder text) {
    List<Row> rows = new ArrayList<>();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      String id = "i" + text() + i;
      String item = text() + "x";
      long quantity = random.nextInt(2_000) - 1_000L;
      Instant time = Instant.ofEpochMilli(1_672_650_000_000L + 1_000L * random.nextInt(1_000_000));
      String row =
          String.join(
              ",",
              field(id),
              field(text()),
              field(time.toString().replace(".000Z", "")),
              field(item),
              field(Long.toString(quantity)));
      boolean isMutated = random.nextInt(4) == 0;
      String written = isMutated ? mutated(row) : row;
      int start = text.length();
      text.append(written);
      rows.add(
          new Row(
              new Transaction(
                  Id.ofString(id), null, time, List.of(LineItem.of(Id.ofString(item), quantity))),
              isMutated,
              start,
              text.length()));
      text.append(List.of("\n", "\r\n", "\r").get(random.nextInt(3)));
    }
    return rows;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(TEXT.charAt(random.nextInt(TEXT.length())));
    }
    return text.toString();
  }

  private String field(String text) {
    boolean needsQuotes = text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return needsQuotes || random.nextInt(8) == 0 ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private String mutated(String row) {
    StringBuilder mutated = new StringBuilder(row);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(mutated.length() + 1);
      char c = SIGNIFICANT.charAt(random.nextInt(SIGNIFICANT.length()));
      if (at == mutated.length() || random.nextInt(3) == 0) {
        mutated.insert(at, c);
      } else if (random.nextBoolean()) {
        mutated.setCharAt(at, c);
      } else {
        mutated.deleteCharAt(at);
      }
    }
    return mutated.toString();
  }

  /** Reads the rows, compares them with the naive ones, and parses them. */
  private Map<CsvRows, Result> read(String file) throws IOException {
    List<Payload> payloads =
        CsvReaderTest.read(
            new SparingChannel(file.getBytes(ISO_8859_1), 200, random),
            (RecordEncoding.Csv) FORMAT.encoding(),
            1 + random.nextInt(300));
    List<CsvRows> read =
        payloads.stream()
            .map(row -> new CsvRows((int) row.position(), (int) (row.position() + row.size())))
            .toList();
    assertThat(read)
        .as(file)
        .isEqualTo(
            CsvRows.split(file).stream().filter(row -> !row.of(file).matches("[ \t]*")).toList());
    Map<CsvRows, Result> results = new HashMap<>();
    for (int i = 0; i < read.size(); i++) {
      Result result = parser.parse(payloads.get(i));
      assertThat(result.transaction() == null).isNotEqualTo(result.rejection() == null);
      results.put(read.get(i), result);
    }
    return results;
  }

  /** Returns the mutated rows, and those that are joined with them, directly or by others. */
  private static Set<Row> affected(List<Row> rows, Set<CsvRows> read) {
    Set<Row> affected = new HashSet<>(rows.stream().filter(Row::isMutated).toList());
    int before;
    do {
      before = affected.size();
      for (CsvRows row : read) {
        List<Row> overlapping =
            rows.stream().filter(r -> r.start < row.end() && row.start() < r.end).toList();
        if (overlapping.stream().anyMatch(affected::contains)) {
          affected.addAll(overlapping);
        }
      }
    } while (affected.size() > before);
    return affected;
  }
}
