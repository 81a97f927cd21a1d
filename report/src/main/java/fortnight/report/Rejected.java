package fortnight.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rejected records by reason: how many, and what the first ones of each look like. */
final class Rejected {
  static final int SAMPLES = 3;

  private static final int CHARACTERS = 400;

  record Sample(String message, String source, String payload) {}

  record Reason(List<Sample> samples, long count) {}

  private final Map<String, Reason> reasons = new TreeMap<>();

  void add(Fields letter) throws BrokenRow {
    String name = Cut.to(CHARACTERS, letter.text("reason"));
    Sample sample = new Sample(cut(letter, "message"), cut(letter, "source"), payload(letter));
    Reason sofar = reasons.getOrDefault(name, new Reason(List.of(), 0));
    List<Sample> samples = new ArrayList<>(sofar.samples());
    if (samples.size() < SAMPLES) {
      samples.add(sample);
    }
    reasons.put(name, new Reason(samples, sofar.count() + 1));
  }

  /** Lost offsets have none. */
  private static String payload(Fields letter) throws BrokenRow {
    if (letter.has("payload_base64")) {
      return cut(letter, "payload_base64");
    }
    return "LOST_OFFSETS".equals(letter.text("reason")) ? "" : cut(letter, "payload");
  }

  private static String cut(Fields letter, String name) throws BrokenRow {
    return Cut.to(CHARACTERS, letter.text(name));
  }

  Map<String, Reason> reasons() {
    return reasons;
  }
}
