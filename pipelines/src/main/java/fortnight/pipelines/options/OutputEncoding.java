package fortnight.pipelines.options;

import fortnight.common.Analysis;
import fortnight.common.cli.FlagErrors;
import fortnight.pipelines.encoding.ConnectFormat;
import fortnight.pipelines.encoding.CsvFormat;
import fortnight.pipelines.encoding.MessageFormat;
import fortnight.pipelines.encoding.TextFormat;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How rows are written: the values of {@code --outputFormat} and {@code --rowEnvelope}. Dead
 * letters are always plain JSON, because they are redriven from it.
 *
 * @param isCsv whether files are CSV
 * @param hasSchemas whether messages contain the schema of their row
 */
public record OutputEncoding(boolean isCsv, boolean hasSchemas) {
  /** JSON without schemas. */
  static final OutputEncoding JSON = new OutputEncoding(false, false);

  /** Reads the flags; a wrong one counts as its default. */
  static OutputEncoding read(RetailOptions options, FlagErrors errors) {
    return new OutputEncoding(
        isSecond("--outputFormat", options.getOutputFormat(), "json", "csv", errors),
        isSecond("--rowEnvelope", options.getRowEnvelope(), "none", "connect", errors));
  }

  private static boolean isSecond(
      String flag, String value, String first, String second, FlagErrors errors) {
    return errors.check(
            value.equals(first) || value.equals(second),
            "%s=%s: use %s or %s".formatted(flag, value, first, second))
        && value.equals(second);
  }

  /**
   * Checks that the flags fit to the output.
   *
   * @param output null if it is not known, because its flag is wrong
   */
  void check(@Nullable OutputLocation output, RetailOptions options, FlagErrors errors) {
    errors.check(
        !isCsv || output == null || output.isFiles(),
        "--outputFormat=csv: only for result files; set --output to a directory, or omit the flag");
    errors.check(
        !hasSchemas || output == null || output instanceof OutputLocation.Topics,
        "--rowEnvelope=connect: only for topics; set --output to kafka://HOST:PORT/PREFIX, or omit"
            + " the flag");
    errors.check(
        !isCsv || options.getReport() == null,
        "--report: is made from result files of JSON; omit --outputFormat=csv");
  }

  /** The end of the names of the files of a result. */
  String suffix(String title) {
    return isCsv(title) ? CsvFormat.SUFFIX : TextFormat.JSON_LINES.suffix();
  }

  /** The format of the file of a result. */
  TextFormat textFormat(String title, RetailConfig config) {
    return isCsv(title) ? new CsvFormat(config.schema(title)) : TextFormat.JSON_LINES;
  }

  /** The format of the messages of a result. */
  MessageFormat messageFormat(String title, RetailConfig config) {
    return hasSchemas && !title.equals(Analysis.DEAD_LETTERS)
        ? new ConnectFormat(config.schema(title))
        : MessageFormat.JSON;
  }

  private boolean isCsv(String title) {
    return isCsv && !title.equals(Analysis.DEAD_LETTERS);
  }
}
