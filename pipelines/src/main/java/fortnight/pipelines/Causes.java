package fortnight.pipelines;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Throwables;

/** Finds in a chain of exceptions the one that a user can do something about. */
final class Causes {
  private Causes() {}

  static String sentence(Throwable thrown) {
    Throwable cause = thrown;
    if (Throwables.getRootCause(thrown) instanceof OutOfMemoryError) {
      return "not enough memory: give java a larger heap, say -Xmx8g";
    }
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
    if (cause instanceof ClassNotFoundException) {
      return "the class " + cause.getMessage() + " cannot be loaded here; fortnight.jar has it";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getName() : message.lines().findFirst().orElse("");
  }
}
