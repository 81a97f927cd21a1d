package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.options.FormatFlag;
import fortnight.transforms.formats.RecordFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run of {@code propose}, and what it printed. */
record ProposeRun(int status, String out, String err) {
  static ProposeRun of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Propose.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    return new ProposeRun(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Reads a file with these records, whose path is printed as FILE. */
  static ProposeRun ofRecords(Path directory, String records) throws IOException {
    Path file = Files.writeString(directory.resolve("records.jsonl"), records);
    ProposeRun run = of("--input=" + file);
    return new ProposeRun(
        run.status,
        run.out.replace(file.toString(), "FILE"),
        run.err.replace(file.toString(), "FILE"));
  }

  /** Reads the proposed file without "# " before the first lines that begin so. */
  RecordFormat enabling(String... lines) throws IOException {
    String edited = out;
    for (String line : lines) {
      assertThat(edited).contains("\n# " + line);
      int at = edited.indexOf("\n# " + line);
      edited = edited.substring(0, at + 1) + edited.substring(at + "\n# ".length());
    }
    return new ProposeRun(status, edited, err).format();
  }

  /** Reads the proposed file as {@code analyze} does. */
  RecordFormat format() throws IOException {
    Path file = Files.createTempFile("format", ".yaml");
    try {
      Files.writeString(file, out);
      return FormatFlag.read(file.toString());
    } finally {
      Files.delete(file);
    }
  }
}
