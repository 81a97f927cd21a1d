package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** Writes the page of a run whose results have their final names; whole, or not at all. */
final class WriteReport {
  private static final Logger LOG = LoggerFactory.getLogger(WriteReport.class);

  private static final double NANOS = 1e9;

  private WriteReport() {}

  /**
   * A line for the terminal; empty where no report is asked for.
   *
   * @throws RunFailed when the results cannot be read, or the page not be written
   */
  static String ifAskedFor(RetailFlags flags) throws RunFailed {
    if (flags.report().isEmpty()) {
      return "";
    }
    long start = System.nanoTime();
    OutputFile page = flags.report().get().page();
    try {
      write(read(flags, flags.report().get()), page);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      LOG.debug("The report failed", e);
      throw new RunFailed("no report was made: " + Causes.sentence(e));
    } finally {
      cleanUp(page);
    }
    return String.format(
        Locale.ROOT,
        "report %s, made in %.1f seconds%n",
        Paths.seenFromHere(page.path()),
        (System.nanoTime() - start) / NANOS);
  }

  private static Report read(RetailFlags flags, ReportFlags asked) throws IOException {
    Report report = new Report();
    for (Analysis analysis : flags.analyses()) {
      try (Reader rows = open(flags.results().path(analysis.title()))) {
        report.read(fortnight.common.Analysis.titled(analysis.title()).orElseThrow(), rows);
      }
    }
    if (flags.rejected() instanceof FileOutput) {
      try (Reader letters = open(flags.deadLetters())) {
        report.readDeadLetters(letters);
      }
    }
    for (InputFile file : asked.catalog()) {
      try (InputStream content = InputContent.stream(file)) {
        report.readCatalog(new InputStreamReader(content, UTF_8));
      } catch (EOFException e) {
        throw new IOException("cannot read " + file.path() + ": it ends in the middle", e);
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
      LOG.debug("Not all could be removed", e);
    }
  }
}
