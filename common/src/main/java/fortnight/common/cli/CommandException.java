package fortnight.common.cli;

import java.util.List;

/**
 * Ends a command with an exit status. The message is for the user: one sentence, or one line for
 * each flag that is wrong. It never quotes a setting of Kafka, which may be a secret.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The command did what it was asked to do. */
  public static final int DONE = 0;

  /** The command failed. */
  public static final int FAILED = 1;

  /** The flags are wrong, and nothing was done. */
  public static final int WRONG_FLAGS = 2;

  private final int status;

  private CommandException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  public static CommandException failed(String sentence) {
    return new CommandException(FAILED, sentence, null);
  }

  public static CommandException failed(String sentence, Throwable cause) {
    return new CommandException(FAILED, sentence, cause);
  }

  public static CommandException wrongFlags(List<String> errors) {
    return new CommandException(WRONG_FLAGS, String.join("\n", errors), null);
  }

  public int status() {
    return status;
  }
}
