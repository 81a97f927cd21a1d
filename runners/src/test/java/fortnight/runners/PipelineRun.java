package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.pipelines.RetailAnalytics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** The exit status and output of the program, run in this process. */
public record PipelineRun(int status, String out, String err) {
  public static PipelineRun of(String... args) {
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, UTF_8));
      System.setErr(new PrintStream(err, true, UTF_8));
      int status = RetailAnalytics.run(args);
      return new PipelineRun(status, out.toString(UTF_8), err.toString(UTF_8));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }
}
