package fortnight.testdata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The result of the command, run as a user runs it. The files beside the records are validated. */
record SimulateRun(int exitStatus, String messages) {
  static SimulateRun of(List<String> fixed, String... more) {
    List<String> args = new ArrayList<>(fixed);
    args.addAll(List.of(more));
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int exitStatus =
        new Simulate()
            .execute(
                System.out, new PrintStream(messages, true, UTF_8), args.toArray(String[]::new));
    if (exitStatus == 0) {
      ValidLines.check(args);
    }
    return new SimulateRun(exitStatus, messages.toString(UTF_8));
  }

  /** Runs the command in a JVM of its own, with its own standard output. */
  static Process start(String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Simulate.class.getName());
    command.addAll(List.of(flags));
    return new ProcessBuilder(command).start();
  }
}
