package fortnight.testdata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The command as a user runs it. */
record Run(int exitStatus, String messages) {
  static Run of(List<String> fixed, String... more) {
    List<String> args = new ArrayList<>(fixed);
    args.addAll(List.of(more));
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int exitStatus =
        Simulate.run(new PrintStream(messages, true, UTF_8), args.toArray(String[]::new));
    return new Run(exitStatus, messages.toString(UTF_8));
  }
}
