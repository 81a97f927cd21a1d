package fortnight.benchmarks.contenders;

import java.nio.file.Path;
import java.util.List;

/**
 * A program that computes the analyses.
 *
 * @param name its name for {@code --only}
 * @param title its name in tables
 * @param limit largest number of transactions that it runs over unless {@code --noLimits} is set
 * @param program the command that is run
 * @param missing what it lacks to be run; empty if it can be run
 */
public record Contender(String name, String title, int limit, Program program, String missing) {
  static final int NO_LIMIT = Integer.MAX_VALUE;

  /** A contender that can be run. */
  Contender(String name, String title, int limit, Program program) {
    this(name, title, limit, program, "");
  }

  /** The command of a contender, run in a process of its own. */
  @FunctionalInterface
  interface Program {
    /**
     * Returns the command.
     *
     * @param input a file, or {@code HOST:PORT/TOPIC}
     * @param output a directory, or the prefix of topics
     * @param scratch a directory for temporary data
     */
    List<String> command(String input, String output, Path scratch);
  }
}
