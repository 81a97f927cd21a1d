package fortnight.pipelines;

import java.util.List;

/**
 * Files, read whole.
 *
 * @param readers the most that read at a time
 */
record FileInput(List<InputFile> files, int readers) implements Input {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /**
   * One reader for each processor of DirectRunner, which lets all of them read before anything is
   * parsed, and so holds a bundle of each in memory. Flink has a turn for each in each task.
   */
  static FileInput of(List<InputFile> files, boolean isOnFlink) {
    return new FileInput(files, isOnFlink ? NO_LIMIT : Runtime.getRuntime().availableProcessors());
  }

  boolean hasReaderLimit() {
    return readers != NO_LIMIT;
  }

  /** Whether any of it is a pipe, which this process alone can read. */
  boolean hasPipe() {
    return files.stream().anyMatch(file -> file.access() == InputFile.Access.ONCE);
  }

  @Override
  public boolean isBounded() {
    return true;
  }
}
