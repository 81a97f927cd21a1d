package fortnight.pipelines.options;

import fortnight.common.cli.FlagErrors;
import fortnight.pipelines.files.FirstRecords;
import fortnight.pipelines.files.InputFile;
import fortnight.transforms.csv.CsvColumns;
import fortnight.transforms.formats.RecordEncoding;
import fortnight.transforms.formats.RecordFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks before a run that the headers of CSV files have the columns of the format. */
final class CsvHeaders {
  /** The maximum number of files that are opened. */
  private static final int MAX_CHECKED = 1_000;

  private CsvHeaders() {}

  /**
   * Adds an error for each different mistake, with the name of the first file that has it. Rows of
   * files that are not checked here, such as pipes, are rejected.
   */
  static void check(List<InputFile> files, RecordFormat format, FlagErrors errors) {
    if (!(format.encoding() instanceof RecordEncoding.Csv csv) || !csv.hasHeader()) {
      return;
    }
    List<String> needed = format.columns();
    Map<String, String> firstFiles = new LinkedHashMap<>();
    FirstRecords.preambles(files, MAX_CHECKED)
        .forEach(
            (file, preamble) ->
                CsvColumns.of(csv, preamble, needed)
                    .mistakes()
                    .forEach(mistake -> firstFiles.putIfAbsent(mistake.message(), file)));
    firstFiles.forEach((message, file) -> errors.add("--input: " + file + ": " + message));
  }
}
