package fortnight.pipelines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Locale;
import org.apache.beam.sdk.io.FileSystems;

/** Whether what a finished run found in its input is good enough. */
final class Verdict {
  private Verdict() {}

  /**
   * Judges the counts.
   *
   * @throws RunFailed when nothing was there, nothing was accepted, or too much was rejected
   */
  static void on(RetailFlags flags, RunCounts counts) throws RunFailed {
    // A topic may well be empty.
    if (counts.read() == 0 && flags.input() instanceof FileInput) {
      throw new RunFailed("no record was read: --input has nothing but blank lines");
    }
    if (counts.accepted() == 0 && counts.rejected() > 0) {
      throw new RunFailed(
          String.format(
              Locale.ROOT,
              "nothing was accepted: %,d of %,d records were rejected%s%s; see %s",
              counts.rejected(),
              counts.read(),
              counts.outside() == 0
                  ? ""
                  : String.format(
                      Locale.ROOT, ", %,d lie outside --from/--until", counts.outside()),
              firstReason(flags.deadLetters()),
              flags.deadLetters()));
    }
    if (flags.maxRejected().isPassedBy(counts.rejected(), counts.read())) {
      throw new RunFailed(
          String.format(
              Locale.ROOT,
              "%,d of %,d records were rejected, more than --maxRejected=%s; see %s",
              counts.rejected(),
              counts.read(),
              flags.maxRejected(),
              flags.deadLetters()));
    }
  }

  private static String firstReason(String deadLetters) {
    return KafkaAddress.isMeantBy(deadLetters) ? "" : ", the first for " + firstIn(deadLetters);
  }

  private static String firstIn(String deadLetters) {
    try (InputStream in =
            Channels.newInputStream(
                FileSystems.open(FileSystems.matchNewResource(deadLetters, false)));
        JsonParser letter = new JsonFactory().createParser(in)) {
      String reason = "";
      for (JsonToken token = letter.nextToken();
          token != null && token != JsonToken.END_OBJECT;
          token = letter.nextToken()) {
        String name = letter.currentName();
        if ("reason".equals(name)) {
          reason = letter.nextTextValue();
        } else if ("message".equals(name)) {
          return reason + ": " + letter.nextTextValue();
        }
      }
      return reason;
    } catch (IOException e) {
      return "a reason that stands in " + deadLetters;
    }
  }
}
