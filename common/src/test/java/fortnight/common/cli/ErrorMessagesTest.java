package fortnight.common.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ErrorMessagesTest {
  @Test
  void explainsFailuresOfFiles() {
    assertThat(ErrorMessages.of(new AccessDeniedException("/etc/shadow")))
        .isEqualTo("access to /etc/shadow is denied");
    assertThat(ErrorMessages.of(new FileAlreadyExistsException("out")))
        .isEqualTo("out is a file; a directory is needed");
  }

  @Test
  void findsTheCauseThatTheUserCanActOn() {
    Throwable wrapped =
        new ExecutionException(new UncheckedIOException(new IOException("out: bad\nmore")));

    assertThat(ErrorMessages.of(wrapped)).isEqualTo("out: bad");
    assertThat(ErrorMessages.of(new ExecutionException(new OutOfMemoryError())))
        .startsWith("not enough memory");
  }

  @Test
  void namesTheClassOfAnExceptionWithoutMessage() {
    assertThat(ErrorMessages.of(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }
}
