package fortnight.pipelines.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fortnight.common.cli.CommandException;
import fortnight.pipelines.options.RetailConfig;
import fortnight.transforms.formats.FieldPath;
import fortnight.transforms.formats.FieldValue;
import fortnight.transforms.formats.RecordEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;

/** Decides whether a finished run succeeded, by the records that it counted. */
final class RunVerdict {
  /** The end of a message about a missing field. */
  private static final String MISSING = ": missing";

  private RunVerdict() {}

  /**
   * Checks the counts.
   *
   * @throws CommandException if nothing was read or accepted, or too much was rejected
   */
  static void check(RetailConfig config, RunCounts counts) {
    if (counts.read() == 0 && !config.input().mayBeEmpty()) {
      throw CommandException.failed(
          "no record was read: --input contains "
              + contentsWithoutRecords(config.format().encoding()));
    }
    if (counts.accepted() == 0 && counts.rejected() > 0) {
      throw CommandException.failed(
          String.format(
              Locale.ROOT,
              "nothing was accepted: %,d of %,d records were rejected%s%s%s; see %s",
              counts.rejected(),
              counts.read(),
              counts.filtered() == 0
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      ", %,d are filtered by where: %s",
                      counts.filtered(),
                      conditions(config)),
              counts.outside() == 0
                  ? ""
                  : String.format(
                      Locale.ROOT, ", %,d are outside --from/--until", counts.outside()),
              firstReason(config),
              config.deadLetters()));
    }
    if (counts.filtered() > 0 && counts.filtered() == counts.read()) {
      System.err.printf(
          Locale.ROOT,
          "--format: no record counts, all %,d are filtered; check where: %s%n",
          counts.filtered(),
          conditions(config));
    }
    if (config.maxRejected().isExceededBy(counts.rejected(), counts.read())) {
      throw CommandException.failed(
          String.format(
              Locale.ROOT,
              "%,d of %,d records were rejected, more than --maxRejected=%s; see %s",
              counts.rejected(),
              counts.read(),
              config.maxRejected(),
              config.deadLetters()));
    }
  }

  private static String contentsWithoutRecords(RecordEncoding encoding) {
    if (encoding.equals(RecordEncoding.AVRO)) {
      return "no records";
    }
    boolean hasHeaders = encoding instanceof RecordEncoding.Csv csv && csv.hasHeader();
    return hasHeaders ? "only blank lines and headers" : "only blank lines";
  }

  private static String conditions(RetailConfig config) {
    return config.format().conditions().stream()
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }

  /** Returns what the user may have meant; empty if no field is missing. */
  private static String meant(String message, String record, FieldValue item) {
    if (!message.endsWith(MISSING)) {
      return "";
    }
    String missing = message.substring(0, message.length() - MISSING.length());
    String nearest =
        NearestPath.in(record, missing).map(path -> "; the record has " + path).orElse("");
    boolean isWord =
        item instanceof FieldPath path
            && path.names().size() == 1
            && path.names().get(0).equals(missing);
    return isWord
        ? nearest
            + "; if %1$s is a constant, use item: \"%1$s\" in double quotes".formatted(missing)
        : nearest;
  }

  private static String firstReason(RetailConfig config) {
    return config.deadLetters().isFiles()
        ? ", the first for " + firstIn(config.deadLetters().toString(), config.format().item())
        : "";
  }

  private static String firstIn(String deadLetters, FieldValue item) {
    try (InputStream in =
            Channels.newInputStream(
                FileSystems.open(FileSystems.matchNewResource(deadLetters, false)));
        JsonParser letter = new JsonFactory().createParser(in)) {
      String reason = "";
      String message = "";
      for (JsonToken token = letter.nextToken();
          token != null && token != JsonToken.END_OBJECT;
          token = letter.nextToken()) {
        String name = letter.currentName();
        if ("reason".equals(name)) {
          reason = letter.nextTextValue();
        } else if ("message".equals(name)) {
          message = letter.nextTextValue();
        } else if ("payload".equals(name)) {
          message += meant(message, letter.nextTextValue(), item);
        }
      }
      return message.isEmpty() ? reason : reason + ": " + message;
    } catch (IOException e) {
      return "the reason in " + deadLetters;
    }
  }
}
