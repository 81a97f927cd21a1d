package fortnight.pipelines.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.Analysis;
import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.pipelines.files.InputContent;
import fortnight.pipelines.files.InputFile;
import fortnight.pipelines.files.OutputFile;
import fortnight.pipelines.files.Paths;
import fortnight.pipelines.options.RetailConfig;
import fortnight.report.Report;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Locale;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the report of a run, after the results have their final names. */
final class ReportWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ReportWriter.class);

  private static final double NANOS = 1e9;

  private ReportWriter() {}

  /**
   * Writes the report, and returns a line for the terminal; empty if no report is requested.
   *
   * @throws CommandException if the results cannot be read, or the page cannot be written
   */
  static String write(RetailConfig config) {
    if (config.report().isEmpty()) {
      return "";
    }
    long start = System.nanoTime();
    OutputFile page = config.report().get().page();
    try {
      write(read(config, config.report().get()), page);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      LOG.debug("The report failed", e);
      throw CommandException.failed("the report failed: " + ErrorMessages.of(e));
    } finally {
      cleanUp(page);
    }
    return String.format(
        Locale.ROOT,
        "report %s, made in %.1f seconds%n",
        Paths.relative(page.path()),
        (System.nanoTime() - start) / NANOS);
  }

  private static Report read(RetailConfig config, RetailConfig.ReportConfig reportConfig)
      throws IOException {
    Report report = new Report();
    for (Analysis analysis : config.analyses()) {
      try (Reader rows = open(config.results().location(analysis.title()))) {
        report.read(analysis, rows);
      }
    }
    if (config.deadLetters().isFiles()) {
      try (Reader letters = open(config.deadLetters().toString())) {
        report.readDeadLetters(letters);
      }
    }
    for (InputFile file : reportConfig.catalog()) {
      try (InputStream content = InputContent.stream(file)) {
        report.readCatalog(new InputStreamReader(content, UTF_8));
      } catch (EOFException e) {
        throw new IOException("cannot read " + file.path() + ": it is truncated", e);
      }
    }
    return report;
  }

  private static Reader open(String path) throws IOException {
    return Channels.newReader(bytesOf(path), UTF_8);
  }

  private static ReadableByteChannel bytesOf(String path) throws IOException {
    return FileSystems.open(FileSystems.matchNewResource(path, false));
  }

  private static void write(Report report, OutputFile page) throws IOException {
    ResourceId temporary = page.newTemporary();
    try (Writer text =
        new BufferedWriter(Channels.newWriter(FileSystems.create(temporary, "text/html"), UTF_8))) {
      report.writeTo(text);
    } catch (IOException e) {
      throw page.cannotWrite(e);
    }
    page.finish(temporary);
  }

  private static void cleanUp(OutputFile page) {
    try {
      page.cleanUp();
    } catch (IOException e) {
      LOG.debug("Not everything could be deleted", e);
    }
  }
}
