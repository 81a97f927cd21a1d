package fortnight.pipelines.options;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * The number of rejected records above which a run fails.
 *
 * @param limit a count, or a percentage of the records read
 */
public record RejectLimit(BigDecimal limit, boolean percent) {
  private static final Pattern FORM = Pattern.compile("\\d{1,18}(\\.\\d{1,9})?%|\\d{1,18}");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  static RejectLimit parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("neither a count nor a percentage");
    }
    boolean percent = text.endsWith("%");
    BigDecimal limit = new BigDecimal(percent ? text.substring(0, text.length() - 1) : text);
    if (percent && limit.compareTo(HUNDRED) > 0) {
      throw new IllegalArgumentException("more than 100%");
    }
    return new RejectLimit(limit, percent);
  }

  public boolean isExceededBy(long rejected, long read) {
    BigDecimal most = percent ? limit.multiply(BigDecimal.valueOf(read)).divide(HUNDRED) : limit;
    return BigDecimal.valueOf(rejected).compareTo(most) > 0;
  }

  @Override
  public String toString() {
    return limit + (percent ? "%" : "");
  }
}
