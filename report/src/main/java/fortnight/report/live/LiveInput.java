package fortnight.report.live;

import fortnight.common.cli.CommandException;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** Where the results are that a page shows: in topics or in tables. */
public interface LiveInput {
  /**
   * Checks that the servers answer.
   *
   * @throws CommandException if they do not
   */
  void check();

  /**
   * Starts to read the results into the state.
   *
   * @throws CommandException if there is nothing to show
   */
  void start(LiveOptions options, LiveState state, ScheduledExecutorService threads);

  /** The name of the input topic; empty if it is not monitored. */
  Optional<String> transactions();

  /** Where dead letters are, as a noun: topic or table. */
  String deadLettersIn();

  /** The command that sends dead letters back to the input; empty if they are not in a topic. */
  Optional<String> redriveCommand();

  /** The value of {@code --input}. */
  @Override
  String toString();
}
