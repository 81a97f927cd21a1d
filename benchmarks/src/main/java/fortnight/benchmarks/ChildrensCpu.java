package fortnight.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processes took that this one started, and theirs, once they have ended. */
final class ChildrensCpu {
  /** Of Linux, whatever the machine. */
  private static final double TICKS_A_SECOND = 100;

  /** Where user and system time of children stand behind the name in brackets; proc(5). */
  private static final int USER = 13;

  private static final int SYSTEM = 14;

  private ChildrensCpu() {}

  /** User and system time. */
  static double seconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS_A_SECOND;
  }
}
