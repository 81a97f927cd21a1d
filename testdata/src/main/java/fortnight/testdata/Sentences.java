package fortnight.testdata;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.Objects;

/** What went wrong, for somebody who has to mend it. */
final class Sentences {
  private Sentences() {}

  static String of(IOException e) {
    String message = Objects.toString(e.getMessage(), "");
    if (message.contains("Broken pipe")) {
      return "Whoever read the output went away (broken pipe); what was written is not all.";
    }
    if (message.contains("No space left on device") || message.contains("quota exceeded")) {
      return "There is no space left; what was written is not all, and no file has its name.";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + " may not be written.";
    }
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is a file, where a directory is needed.";
    }
    return e instanceof FileSystemException ? "Could not be written: " + message : message;
  }

  /** For what nobody thought of. */
  static String ofTheUnexpected(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof OutOfMemoryError) {
      return "The memory of this JVM was not enough; java -Xmx gives it more.";
    }
    return "The simulation failed, which is a mistake in it: " + cause;
  }
}
