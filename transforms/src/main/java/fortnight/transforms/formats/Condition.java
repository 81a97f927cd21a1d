package fortnight.transforms.formats;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition that a record must meet to count: {@code status = "paid"}, {@code test != true},
 * {@code event in ["purchase", "refund"]}. A missing field has the value null.
 *
 * @param isNegated whether the field must have none of the values, rather than one of them
 */
public record Condition(FieldPath path, boolean isNegated, List<Scalar> values)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** The first operator that is not in single quotes. */
  private static final Pattern CONDITION =
      Pattern.compile("((?:'[^']*'|[^'=!])*?)\\s*(!=|=|\\sin\\s)\\s*(.*)", Pattern.DOTALL);

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
    Matcher matcher = CONDITION.matcher(text.strip());
    if (!matcher.matches() || matcher.group(1).isEmpty()) {
      throw new IllegalArgumentException("not a condition; " + ADVICE);
    }
    FieldPath path = FieldPath.parse(matcher.group(1));
    if (path.isInLineItem()) {
      throw new IllegalArgumentException(
          "a condition is on the record, and " + path + " is in a line item");
    }
    String operator = matcher.group(2).strip();
    String operand = matcher.group(3).strip();
    return new Condition(
        path,
        operator.equals("!="),
        operator.equals("in") ? list(operand) : List.of(Scalar.parse(operand)));
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
    return values.contains(value) != isNegated;
  }

  @Override
  public String toString() {
    if (values.size() == 1) {
      return path + (isNegated ? " != " : " = ") + values.get(0);
    }
    return path + " in " + values;
  }
}
