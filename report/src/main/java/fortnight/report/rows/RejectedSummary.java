package fortnight.report.rows;

import fortnight.report.rows.JsonRow.MalformedRowException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Counts dead letters by reason, and keeps the first ones of each reason as samples. Of a topic, a
 * dead letter that is written again after a failure is counted once: by hashes of the first {@link
 * #MAX_KEYS} keys; beyond these every dead letter is counted.
 */
public final class RejectedSummary {
  private static final int MAX_KEYS = 200_000;
  private static final int MAX_SAMPLES = 3;
  private static final int MAX_TEXT_LENGTH = 400;

  /** A dead letter, its texts shortened. */
  public record Sample(String message, String source, String payload) {}

  /** The dead letters of one reason. */
  public record Reason(List<Sample> samples, long count) {}

  private final Map<String, Reason> reasons = new TreeMap<>();
  private final Set<UUID> keys = new HashSet<>();
  private final Set<UUID> redrivenKeys = new HashSet<>();

  void add(JsonRow letter) throws MalformedRowException {
    String name = letter.text("reason", MAX_TEXT_LENGTH);
    Sample sample =
        new Sample(
            letter.text("message", MAX_TEXT_LENGTH),
            letter.text("source", MAX_TEXT_LENGTH),
            payload(letter));
    Reason before = reasons.getOrDefault(name, new Reason(List.of(), 0));
    List<Sample> samples = new ArrayList<>(before.samples());
    if (samples.size() < MAX_SAMPLES) {
      samples.add(sample);
    }
    reasons.put(name, new Reason(samples, before.count() + 1));
  }

  /** Adds a dead letter that is a sample of several with its reason. */
  public void add(JsonRow letter, long count) throws MalformedRowException {
    add(letter);
    reasons.computeIfPresent(
        letter.text("reason", MAX_TEXT_LENGTH),
        (name, reason) -> new Reason(reason.samples(), reason.count() + count - 1));
  }

  /** Adds a dead letter unless one with its key was added before. */
  public void add(byte[] key, JsonRow letter) throws MalformedRowException {
    UUID hash = UUID.nameUUIDFromBytes(key);
    boolean isNew = keys.size() >= MAX_KEYS ? !keys.contains(hash) : keys.add(hash);
    if (isNew) {
      add(letter);
    }
  }

  /** Counts a marker that a dead letter was sent back to the input, once for each key. */
  public void addRedriven(byte[] key) {
    if (redrivenKeys.size() < MAX_KEYS) {
      redrivenKeys.add(UUID.nameUUIDFromBytes(key));
    }
  }

  /** Empty for LOST_OFFSETS, whose records no longer exist. */
  private static String payload(JsonRow letter) throws MalformedRowException {
    if (letter.has("payload_base64")) {
      return letter.text("payload_base64", MAX_TEXT_LENGTH);
    }
    return "LOST_OFFSETS".equals(letter.text("reason"))
        ? ""
        : letter.text("payload", MAX_TEXT_LENGTH);
  }

  public Map<String, Reason> reasons() {
    return reasons;
  }

  /** The number of dead letters that were sent back to the input. */
  public int redriven() {
    return redrivenKeys.size();
  }
}
