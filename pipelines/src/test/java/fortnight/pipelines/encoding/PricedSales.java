package fortnight.pipelines.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import fortnight.pipelines.TestRun;
import fortnight.transforms.formats.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two weeks of sales with all kinds of fields that rows can have, and unusual values. */
final class PricedSales {
  private static final String FORMAT =
      "id=id,time=t,customer=who,item=lines[].i,quantity=lines[].q,quantityDecimals=1,"
          + "price=lines[].p,currency=c,by.store=store";

  private static final List<String> RECORDS =
      List.of(
          """
          {"id":1,"t":"2023-01-02T00:00","who":1,"c":"EUR","store":7,"lines":[{"i":"=1+1","q":1.5,"p":2.5}]}""",
          """
          {"id":2,"t":"2023-01-03T09:00:00.5","who":2,"c":"EUR","store":"7","lines":[{"i":"a,\\"b\\"","q":2,"p":1}]}""",
          """
          {"id":3,"t":"2023-01-09T09:00","who":1,"c":"EUR","store":null,"lines":[{"i":"","q":-1,"p":2}]}""",
          """
          {"id":4,"t":"2023-01-15T23:00","c":"USD","store":"","lines":[{"i":5,"q":99999999999.9,"p":9999999999999.99},{"i":5,"q":99999999999.9,"p":9999999999999.99}]}""");

  private PricedSales() {}

  /** The titles of all analyses of which the format has the fields. */
  static List<Analysis> analyses() {
    List<Analysis> analyses = new ArrayList<>(Analysis.present(true, List.of("store")));
    analyses.addAll(Analysis.onRequest());
    return analyses;
  }

  static RecordFormat format() {
    return RecordFormat.parse(FORMAT);
  }

  /** Runs the program, with all analyses, and returns the directory of the results. */
  static Path run(Path directory, String... more) throws IOException {
    Path input = Files.write(directory.resolve("sales.jsonl"), RECORDS);
    Path output = directory.resolve("out");
    List<String> args =
        new ArrayList<>(
            List.of(
                "--input=" + input,
                "--output=" + output,
                "--format=" + FORMAT,
                "--outlierAbove=1.1",
                "--analyses=all,weekly-customers,customer-change,outliers"));
    args.addAll(List.of(more));
    TestRun run = TestRun.of(args);
    assertThat(run.status()).as(run.err()).isZero();
    return output;
  }
}
