package fortnight.pipelines;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Finds in a chain of exceptions the one that a user can do something about. */
final class Causes {
  private Causes() {}

  static String sentence(Throwable thrown) {
    Throwable cause = thrown;
    // An IOException of ours names the file; what caused it is said in its message.
    while (cause.getCause() != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    if (cause instanceof AccessDeniedException denied) {
      return "access to " + denied.getFile() + " is denied";
    }
    if (cause instanceof FileSystemException failed && failed.getReason() == null) {
      return failed.getClass().getSimpleName() + ": " + failed.getMessage();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getName() : message.lines().findFirst().orElse("");
  }
}
