package fortnight.benchmarks.contenders;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.benchmarks.measure.Jars;
import fortnight.common.cli.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A Kafka broker on this machine; stops when closed.
 *
 * @param address {@code HOST:PORT}
 */
public record BrokerProcess(Process process, String address) implements AutoCloseable {
  private static final String READY = "Broker ready at ";

  /** Starts a broker, and waits until it is ready. */
  public static BrokerProcess start(Jars jars, Path work) throws IOException {
    List<String> command =
        Jars.java("-cp", jars.fortnight().toString(), "fortnight.runners.Broker", "--port=0");
    Process process =
        new ProcessBuilder(command).redirectError(work.resolve("broker.log").toFile()).start();
    BufferedReader output = process.inputReader(UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return new BrokerProcess(process, line.substring(READY.length()));
      }
    }
    throw CommandException.failed("the broker did not start; see " + work.resolve("broker.log"));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
