package fortnight.transforms.formats;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A condition that a record must meet to count: {@code status = "paid"}, {@code test != true},
 * {@code event in ["purchase", "refund"]}. A missing field has the value null.
 *
 * @param isNegated whether the field must have none of the values, rather than one of them
 */
public record Condition(FieldPath path, boolean isNegated, List<Scalar> values)
    implements Serializable {
  private static final long serialVersionUID = 1;

  private static final String ADVICE =
      "use status = \"paid\", test != true, or event in [\"purchase\", \"refund\"]";

  public Condition {
    values = List.copyOf(values);
  }

  /**
   * Parses a condition.
   *
   * @throws IllegalArgumentException if the text is not a condition
   */
  static Condition parse(String text) {
    String condition = text.strip();
    String operator = operator(condition);
    int at = condition.indexOf(operator, operatorIndex(condition));
    FieldPath path = FieldPath.parse(condition.substring(0, at));
    if (path.isInLineItem()) {
      throw new IllegalArgumentException(
          "a condition is on the record, and " + path + " is in a line item");
    }
    String operand = condition.substring(at + operator.length()).strip();
    return new Condition(
        path,
        operator.equals("!="),
        operator.equals("in") ? list(operand) : List.of(Scalar.parse(operand)));
  }

  private static String operator(String condition) {
    int index = operatorIndex(condition);
    for (String operator : List.of("=", "!=", "in")) {
      boolean isWord = operator.equals("in");
      String rest = condition.substring(index).stripLeading();
      if (rest.startsWith(operator) && index > 0 && (!isWord || rest.matches("(?s)in[\\s\\[].*"))) {
        return operator;
      }
    }
    throw new IllegalArgumentException("not a condition; " + ADVICE);
  }

  /** Returns the index of the first character that is not in quotes and not of a path. */
  private static int operatorIndex(String condition) {
    boolean isQuoted = false;
    for (int i = 0; i < condition.length(); i++) {
      char c = condition.charAt(i);
      isQuoted ^= c == '\'';
      if (!isQuoted && (Character.isWhitespace(c) || "=!<>".indexOf(c) >= 0)) {
        return i;
      }
    }
    return condition.length();
  }

  private static List<Scalar> list(String text) {
    if (!text.startsWith("[") || !text.endsWith("]")) {
      throw new IllegalArgumentException("a list is in brackets; " + ADVICE);
    }
    List<Scalar> values = new ArrayList<>();
    for (String value : FormatText.split(text.substring(1, text.length() - 1))) {
      values.add(Scalar.parse(value.strip()));
    }
    return values;
  }

  /** Returns whether a record with this value of the field counts. */
  public boolean holds(Scalar value) {
    return holds(value::equals);
  }

  /** Returns whether a record counts, given which values the field equals. */
  public boolean holds(Predicate<Scalar> isEqual) {
    for (Scalar value : values) {
      if (isEqual.test(value)) {
        return !isNegated;
      }
    }
    return isNegated;
  }

  @Override
  public String toString() {
    if (values.size() == 1) {
      return path + (isNegated ? " != " : " = ") + values.get(0);
    }
    return path + " in " + values;
  }
}
