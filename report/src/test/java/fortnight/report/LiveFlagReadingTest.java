package fortnight.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class LiveFlagReadingTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @Test
  void namesAllThatIsWrongAtOnce() {
    int status =
        run("--input=shop.", "--port=70000", "--tansactions=x", "--catalog=no", "--timeZone=Mars");

    assertThat(status).isEqualTo(2);
    assertThat(errors.toString(UTF_8).lines())
        .containsExactlyInAnyOrder(
            "Unknown option: '--tansactions=x'",
            "--port=70000: from 0 to 65535",
            "--catalog=no: no file that can be read",
            "--input=shop.: say kafka://HOST:PORT/PREFIX, or HOST:PORT,HOST:PORT",
            "--timeZone=Mars: no such zone; say Europe/Berlin, or +02:00",
            "Nothing was started. --help shows all flags.");
  }

  @Test
  void asksForTheInput() {
    assertThat(run()).isEqualTo(2);
    assertThat(errors.toString(UTF_8)).contains("--input");
  }

  @Test
  void helpsWithDefaultsAndAnExample() {
    assertThat(run("--help")).isZero();
    assertThat(output.toString(UTF_8))
        .contains(
            "default: 8080", "default: 127.0.0.1", "Live --input=kafka://localhost:9092/shop.");
  }

  private int run(String... args) {
    return Live.run(
        new PrintStream(output, true, UTF_8), new PrintStream(errors, true, UTF_8), args);
  }
}
