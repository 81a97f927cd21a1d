package fortnight.pipelines.redrive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.joda.time.Instant;

/** The lines of a {@code dead-letters.jsonl}; blank ones are skipped. */
record FileLetters(String file) implements StoredLetters {
  /** In this charset every byte is a character, so each line keeps its bytes. */
  @Override
  public void each(Receiver receiver) {
    try (BufferedReader lines = Files.newBufferedReader(Path.of(file), ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          receiver.receive(line.getBytes(ISO_8859_1), Instant.EPOCH);
        }
      }
    } catch (IOException e) {
      throw CommandException.failed("cannot read " + file + ": " + ErrorMessages.of(e));
    }
  }

  @Override
  public void close() {}
}
