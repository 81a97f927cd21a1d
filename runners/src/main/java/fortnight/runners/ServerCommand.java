package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.cli.CliCommand;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.cli.FlagErrors;
import fortnight.common.cli.PropertiesFile;
import fortnight.common.process.StopSignal;
import fortnight.common.process.TemporaryDirectory;
import fortnight.runners.broker.LocalBroker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** A command that runs servers on this machine until a signal stops it. */
abstract class ServerCommand extends CliCommand {
  /** Starts the servers, and returns once the signal has arrived and they are stopped. */
  abstract void serve(StopSignal signal, PrintStream output, PrintStream errors)
      throws InterruptedException;

  @Override
  protected final void run(PrintStream output, PrintStream errors) throws InterruptedException {
    LocalBroker.setUpProcess();
    TemporaryDirectory.deleteAbandoned();
    try (StopSignal signal = StopSignal.listen()) {
      serve(signal, output, errors);
    }
  }

  /**
   * Reads the properties of {@code --config}; adds an error if they cannot be read.
   *
   * @param file null if the flag is not set
   */
  static Map<String, String> readConfig(Path file, FlagErrors errors) {
    if (file == null) {
      return Map.of();
    }
    try {
      Map<String, String> settings = PropertiesFile.read(file, UTF_8);
      settings.replaceAll((name, value) -> value.strip());
      return settings;
    } catch (CharacterCodingException | IllegalArgumentException e) {
      errors.add("--config=" + file + ": not a properties file in UTF-8");
    } catch (NoSuchFileException e) {
      errors.add("--config=" + file + ": does not exist");
    } catch (IOException e) {
      errors.add("--config=" + file + ": cannot be read: " + ErrorMessages.of(e));
    }
    return Map.of();
  }
}
