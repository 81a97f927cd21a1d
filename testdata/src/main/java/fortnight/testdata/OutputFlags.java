package fortnight.testdata;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Where everything is to be written. */
final class OutputFlags {
  /** A {@code Path} has only one of the two slashes. */
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

  private static final Pattern UNKNOWN_COMPRESSION =
      Pattern.compile(".*\\.(bz2|xz|lz4|zip|7z|br|snappy)");

  private final SimulateFlags flags;
  private final Problems problems;
  private final List<Path> files = new ArrayList<>();

  private OutputFlags(SimulateFlags flags, Problems problems) {
    this.flags = flags;
    this.problems = problems;
  }

  static void check(SimulateFlags flags, Problems problems) {
    new OutputFlags(flags, problems).check();
  }

  private void check() {
    boolean kafka = flags.output != null && flags.output.startsWith(KafkaTopic.SCHEME);
    if (kafka) {
      checkTopic();
    } else if (flags.output != null && !flags.output.equals("-")) {
      checkFile("--output", flags.output);
      checkPace();
    }
    if (flags.catalog != null) {
      checkFile("--catalog", flags.catalog);
    }
    if (flags.truth != null) {
      checkFile("--truth", flags.truth);
    }
    problems.unless(
        files.stream().distinct().count() == files.size(),
        "--output, --catalog, --truth: each needs a file of its own");
    checkKafkaConfig(kafka);
  }

  private void checkTopic() {
    KafkaTopic.problem(flags.output)
        .ifPresent(problem -> problems.add("--output=%s: %s".formatted(flags.output, problem)));
  }

  private void checkFile(String flag, String name) {
    String given = flag + "=" + name;
    if (name.isEmpty()) {
      problems.add(given + ": the name of a file is missing");
    } else if (URI.matcher(name).matches()) {
      problems.add(
          flag.equals("--output")
              ? given + ": of addresses only kafka://HOST:PORT/TOPIC is known; a file is a path"
              : given + ": a path is needed, not an address");
    } else {
      Path file = Path.of(name).toAbsolutePath().normalize();
      files.add(file);
      problems.unless(!Files.isDirectory(file), given + ": is a directory, and not a file");
      problems.unless(
          !UNKNOWN_COMPRESSION.matcher(name).matches(),
          given + ": this compression is not known; say .gz or .zst");
    }
  }

  /** Pipes and devices have readers who can watch; a file is read when it is complete. */
  private void checkPace() {
    boolean paced = flags.live || (flags.speedup != null && !flags.speedup.equals("max"));
    if (paced && !NewFile.isSpecial(Path.of(flags.output))) {
      problems.add(
          "--output=%s: a file is written at once; --speedup and --live pace - and kafka://"
              .formatted(flags.output));
    }
  }

  private void checkKafkaConfig(boolean kafka) {
    if (flags.kafkaConfig != null) {
      String given = "--kafkaConfig=" + flags.kafkaConfig;
      problems.unless(kafka, given + ": is for --output=kafka://HOST:PORT/TOPIC");
      problems.unless(
          Files.isReadable(flags.kafkaConfig) && !Files.isDirectory(flags.kafkaConfig),
          given + ": cannot be read");
    }
  }
}
