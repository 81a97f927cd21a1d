package fortnight.transforms.parse;

import fortnight.transforms.formats.TimeNotation;
import java.math.BigDecimal;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Recognizes the unit of an epoch by its size, for messages; no unit is ever assumed. */
final class EpochUnits {
  private static final List<String> UNITS = List.of("s", "ms", "us", "ns");

  /** The seconds from 1970 to 1990 and to 2100; in each unit, other numbers are in between. */
  private static final BigDecimal FIRST = BigDecimal.valueOf(631_152_000L);

  private static final BigDecimal END = BigDecimal.valueOf(4_102_444_800L);

  private EpochUnits() {}

  /** Returns what a value that is no time in a notation must look like, or its likely unit. */
  static String adviceFor(String text, TimeNotation notation) {
    String unit = likelyUnit(text);
    if (unit == null || notation.unit() != null) {
      return notation.advice();
    }
    return "if it is an epoch, set timeUnit: %s in the format%s"
        .formatted(unit, notation.pattern() == null ? "" : " instead of timePattern");
  }

  /** Returns the likely unit of an epoch that is out of range; empty if there is none. */
  static String otherUnitFor(String text, TimeNotation notation) {
    String unit = notation.unit() == null ? null : likelyUnit(text);
    return unit == null || unit.equals(notation.unitName())
        ? ""
        : "; it has the size of an epoch in %1$s: set timeUnit: %1$s in the format".formatted(unit);
  }

  private static @Nullable String likelyUnit(String text) {
    BigDecimal value = JsonNumber.parse(text.strip());
    for (int i = 0; value != null && i < UNITS.size(); i++) {
      BigDecimal seconds = value.movePointLeft(3 * i);
      if (seconds.compareTo(FIRST) >= 0 && seconds.compareTo(END) < 0) {
        return UNITS.get(i);
      }
    }
    return null;
  }
}
