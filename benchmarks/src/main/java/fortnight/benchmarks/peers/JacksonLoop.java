package fortnight.benchmarks.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Java program without a framework: one thread, databind, maps. */
public final class JacksonLoop {
  private JacksonLoop() {}

  /** Arguments: the file to read, the directory to write. */
  public static void main(String[] args) throws IOException {
    write(sums(Path.of(args[0])).rows(), Path.of(args[1]));
  }

  /** Reads a file. */
  public static WeeklySums sums(Path input) throws IOException {
    ObjectReader json = new ObjectMapper().readerFor(Purchase.class);
    WeeklySums sums = new WeeklySums();
    try (BufferedReader lines = Files.newBufferedReader(input)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Purchase purchase = json.readValue(line);
        long week = Week.start(purchase.timestamp);
        sums.add(week, Volume.of(purchase));
        for (Purchase.LineItem lineItem : purchase.lineItems) {
          sums.add(week, lineItem.item, Volume.of(lineItem));
        }
      }
    }
    return sums;
  }

  private static void write(List<Row> rows, Path output) throws IOException {
    Map<String, List<String>> files = new HashMap<>();
    for (Row row : rows) {
      files.computeIfAbsent(row.analysis(), name -> new ArrayList<>()).add(row.json());
    }
    Files.createDirectories(output);
    for (Map.Entry<String, List<String>> file : files.entrySet()) {
      Files.write(output.resolve(file.getKey() + ".jsonl"), file.getValue());
    }
  }
}
