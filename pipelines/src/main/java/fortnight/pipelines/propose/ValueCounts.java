package fortnight.pipelines.propose;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The values of a field in a sample, without null, and how often each of them occurs. */
final class ValueCounts {
  /** The fraction of values that must have a property, so that the field has it. */
  private static final double NEARLY_ALL = 0.99;

  private final Map<Value, Integer> values = new LinkedHashMap<>();
  private int count;
  private int records;
  private int lastRecord = -1;

  /**
   * A JSON string, number or boolean.
   *
   * @param text the characters of a string, or the number as written; truncated if it is long
   */
  record Value(boolean isString, String text) {
    private static final int MAX_LENGTH = 200;
    private static final int MAX_SHOWN_LENGTH = 40;

    static Value of(JsonParser json) throws IOException {
      return new Value(json.currentToken() == JsonToken.VALUE_STRING, truncated(json.getText()));
    }

    static Value ofString(String text) {
      return new Value(true, truncated(text));
    }

    private static String truncated(String text) {
      return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    }

    boolean isBoolean() {
      return !isString && (text.equals("true") || text.equals("false"));
    }

    /** Returns whether the text has all characters of the value. */
    boolean isShownInFull() {
      return text.length() <= MAX_SHOWN_LENGTH;
    }

    /** Returns the value as written in JSON, shortened if it is long. */
    @Override
    public String toString() {
      String shown =
          text.length() > MAX_SHOWN_LENGTH ? text.substring(0, MAX_SHOWN_LENGTH) + "…" : text;
      return isString
          ? '"' + new String(JsonStringEncoder.getInstance().quoteAsString(shown)) + '"'
          : shown;
    }
  }

  /** Adds the value at which a parser is. */
  void add(JsonParser json, int record) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      add(Value.of(json), record);
    }
  }

  /** Adds a value of a record. */
  void add(Value value, int record) {
    values.merge(value, 1, Integer::sum);
    count++;
    if (record != lastRecord) {
      records++;
      lastRecord = record;
    }
  }

  /** Returns the number of values. */
  int count() {
    return count;
  }

  /** Returns the number of records that have a value. */
  int records() {
    return records;
  }

  int distinct() {
    return values.size();
  }

  /** Returns the number of times that each value occurs, in the order of their first occurrence. */
  Map<Value, Integer> counts() {
    return values;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Returns the first value. */
  Value example() {
    return values.keySet().iterator().next();
  }

  /** Returns whether all values have a property, and there is a value. */
  boolean all(Predicate<Value> property) {
    return count > 0 && values.keySet().stream().allMatch(property);
  }

  /** Returns whether nearly all values have a property, and there is a value. */
  boolean nearlyAll(Predicate<Value> property) {
    int having = count;
    for (Map.Entry<Value, Integer> value : values.entrySet()) {
      having -= property.test(value.getKey()) ? 0 : value.getValue();
      if (having < NEARLY_ALL * count) {
        return false;
      }
    }
    return count > 0;
  }
}
