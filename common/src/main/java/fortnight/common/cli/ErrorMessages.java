package fortnight.common.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Objects;

/** Turns exceptions into one sentence for the user. */
public final class ErrorMessages {
  private ErrorMessages() {}

  /** The sentence of the cause that the user can do something about. */
  public static String of(Throwable thrown) {
    if (rootCause(thrown) instanceof OutOfMemoryError) {
      return "not enough memory: give java a larger heap, such as -Xmx8g";
    }
    Throwable cause = thrown;
    // An IOException of this project names the file, and includes the message of its cause.
    while (cause.getCause() != null
        && !(cause instanceof IOException)
        && !(cause instanceof CommandException)) {
      cause = cause.getCause();
    }
    String text = Objects.toString(cause.getMessage(), "");
    if (cause instanceof AccessDeniedException denied) {
      return "access to " + denied.getFile() + " is denied";
    }
    if (cause instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (cause instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is a file; a directory is needed";
    }
    if (cause instanceof FileSystemException failed && failed.getReason() == null) {
      return failed.getClass().getSimpleName() + ": " + failed.getMessage();
    }
    if (cause instanceof ClassNotFoundException) {
      return "the class " + cause.getMessage() + " cannot be loaded; fortnight.jar contains it";
    }
    return text.isEmpty() ? cause.getClass().getName() : text.lines().findFirst().orElse("");
  }

  /** The sentence of a failure that is an error of the program, with its place in the code. */
  public static String ofUnexpected(Throwable thrown) {
    Throwable root = rootCause(thrown);
    if (root instanceof OutOfMemoryError) {
      return of(thrown);
    }
    String place =
        Arrays.stream(root.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("fortnight."))
            .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
            .findFirst()
            .orElse("");
    return "unexpected " + root.getClass().getSimpleName() + place + "; please report it";
  }

  public static Throwable rootCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
