package fortnight.common.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CliCommandTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @Command(name = "sample", separator = "=")
  private static final class Sample extends CliCommand {
    @Option(names = "--port")
    private int port = 1;

    @Option(names = "--wait")
    private Duration wait = Duration.ZERO;

    @ArgGroup(validate = false, exclusive = false, heading = "%nA group:%n")
    private final Group group = new Group();

    @Override
    protected void check(FlagErrors flagErrors) {
      flagErrors.checkPort("--port", port);
    }

    @Override
    protected void run(PrintStream out, PrintStream err) {
      if (port == 2) {
        throw CommandException.failed("port 2 is closed");
      }
      if (port == 3) {
        throw new IllegalStateException("secret");
      }
      out.println("port " + port + " after " + wait + ", size " + group.size);
    }
  }

  private static final class Group {
    @Option(names = "--size")
    private int size = 1;
  }

  private int run(String... args) {
    return new Sample()
        .execute(new PrintStream(output, true, UTF_8), new PrintStream(errors, true, UTF_8), args);
  }

  @Test
  void runsWithItsFlags() {
    assertThat(run("--port=7", "--wait=2s")).isZero();
    assertThat(output.toString(UTF_8)).isEqualToNormalizingNewlines("port 7 after PT2S, size 1\n");
    assertThat(errors.size()).isZero();
  }

  @Test
  void reportsAllWrongFlagsAtOnce() {
    assertThat(run("--port=70000", "--wait=soon", "--prot=1")).isEqualTo(2);
    assertThat(errors.toString(UTF_8))
        .contains("--port=70000: from 0 to 65535")
        .contains("--wait=soon: not a duration; use 7d")
        .contains("--prot: unknown flag; did you mean --port?")
        .endsWith("See --help." + System.lineSeparator());
    assertThat(output.size()).isZero();
  }

  @Test
  void rejectsFlagsThatAreSetTwice() {
    assertThat(run("--port=7", "--port=8", "--size=1", "--size=2")).isEqualTo(2);
    assertThat(errors.toString(UTF_8)).contains("'--port'", "--size: set it only once");
  }

  @Test
  void printsAFailureAsOneSentence() {
    assertThat(run("--port=2")).isEqualTo(1);
    assertThat(errors.toString(UTF_8))
        .isEqualToNormalizingNewlines("fortnight: port 2 is closed\n");
  }

  @Test
  void namesThePlaceOfAnUnexpectedFailureWithoutItsMessage() {
    assertThat(run("--port=3")).isEqualTo(1);
    assertThat(errors.toString(UTF_8))
        .startsWith("fortnight: unexpected IllegalStateException at CliCommandTest.java:")
        .doesNotContain("secret");
  }

  @Test
  void printsHelpWhateverElseIsWrong() {
    assertThat(run("--help", "--port=70000")).isZero();
    assertThat(output.toString(UTF_8)).contains("--port");
  }
}
