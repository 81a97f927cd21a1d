package fortnight.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * One that answers the questions.
 *
 * @param name by which it is chosen
 * @param title by which the tables call it
 * @param limit more transactions than these take it hours; it is left out of larger tables
 * @param program what is run
 */
record Contender(String name, String title, int limit, Program program) {
  /** For those that need none. */
  static final int NO_LIMIT = Integer.MAX_VALUE;

  /** What is run, in a process of its own. */
  interface Program {
    /**
     * The command.
     *
     * @param input a file, or {@code HOST:PORT/TOPIC}
     * @param output a directory, or the prefix of topics
     * @param scratch a directory to keep things in
     */
    List<String> command(String input, String output, Path scratch);
  }
}
