package fortnight.runners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The addresses that a process listens on, read from /proc. */
final class Listening {
  private static final String LISTENS = "0A";
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  /** 127.0.0.1, ::1, and ::ffff:127.0.0.1, in the hexadecimal format of /proc. */
  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F");

  private Listening() {}

  /** The addresses that other machines can reach, in the format of /proc. */
  static Set<String> reachableFromOutside(ProcessHandle process) throws IOException {
    Path of = Path.of("/proc", Long.toString(process.pid()));
    Set<String> sockets;
    try (Stream<Path> open = Files.list(of.resolve("fd"))) {
      sockets = open.map(Listening::target).collect(Collectors.toSet());
    }
    Set<String> reachable = new TreeSet<>();
    for (String protocol : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(of.resolve("net").resolve(protocol))) {
        List<String> fields = List.of(line.strip().split("\\s+", -1));
        String address = fields.get(LOCAL);
        if (fields.get(STATE).equals(LISTENS)
            && sockets.contains("socket:[" + fields.get(INODE) + "]")
            && !LOOPBACK.contains(address.substring(0, address.indexOf(':')))) {
          reachable.add(address);
        }
      }
    }
    return reachable;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // The descriptor was closed.
    }
  }
}
