package fortnight.runners.spark;

import fortnight.pipelines.RetailAnalytics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A program that runs the pipeline several times in one JVM. */
final class Runs {
  private static final String END_OF_RUN = ";";

  private Runs() {}

  /** The arguments for runs one after the other, of which the first that fails is the last one. */
  static List<String> inSequence(List<List<String>> runs) {
    return arguments("inSequence", runs);
  }

  /** The arguments for runs at the same time. */
  static List<String> inParallel(List<List<String>> runs) {
    return arguments("inParallel", runs);
  }

  private static List<String> arguments(String order, List<List<String>> runs) {
    return Stream.concat(
            Stream.of(order),
            runs.stream().flatMap(run -> Stream.concat(run.stream(), Stream.of(END_OF_RUN))))
        .toList();
  }

  public static void main(String[] args) {
    boolean isParallel = args[0].equals("inParallel");
    List<String> run = new ArrayList<>();
    for (String arg : List.of(args).subList(1, args.length)) {
      if (!arg.equals(END_OF_RUN)) {
        run.add(arg);
      } else {
        String[] flags = run.toArray(String[]::new);
        run.clear();
        if (isParallel) {
          new Thread(() -> runOrExit(flags)).start();
        } else {
          runOrExit(flags);
        }
      }
    }
    if (!isParallel) {
      System.exit(0);
    }
  }

  private static void runOrExit(String... flags) {
    int status = RetailAnalytics.run(flags);
    if (status != 0) {
      System.err.println("Failed: " + String.join(" ", flags));
      System.exit(status);
    }
  }
}
