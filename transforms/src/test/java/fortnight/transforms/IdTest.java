package fortnight.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdTest {
  private static final String FORTY_DIGITS = "1234567890123456789012345678901234567890";
  private static final Comparator<Id> NAIVE =
      Comparator.comparing(Id::integer)
          .reversed()
          .thenComparing((a, b) -> a.integer() ? compareValues(a, b) : compareCodePoints(a, b))
          .thenComparing(Id::text);

  @Test
  void ordersIntegersByValueThenStringsByCodePoint() {
    List<Id> ordered =
        List.of(
            integer("-" + FORTY_DIGITS),
            integer("-1000000000000000000000000000000000000000"),
            integer("-999999999999999999"),
            integer("-10"),
            integer("-9"),
            integer("0"),
            integer("9"),
            integer("10"),
            integer("999999999999999999"),
            integer("1000000000000000000"),
            integer("9223372036854775808"),
            integer("1000000000000000000000000000000000000000"),
            integer(FORTY_DIGITS),
            Id.ofString(""),
            Id.ofString("10"),
            Id.ofString("9"),
            Id.ofString("A"),
            Id.ofString("AA"),
            Id.ofString("a"),
            Id.ofString("ı"),
            Id.ofString("\uD7FF"),
            Id.ofString("\uE000"),
            Id.ofString("\uFFFD"),
            Id.ofString("🛒"),
            Id.ofString("🛒a"),
            Id.ofString("🛓"));
    List<Id> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(7));

    Collections.sort(shuffled);

    assertThat(shuffled).containsExactlyElementsOf(ordered);
  }

  @Test
  void distinguishesIntegersFromStrings() {
    assertThat(Id.ofInteger(7)).isNotEqualTo(Id.ofString("7"));
    assertThat(Id.ofInteger(7)).isLessThan(Id.ofString("7"));
    assertThat(Id.ofInteger(7)).isEqualTo(integer("7")).isEqualByComparingTo(integer("7"));
  }

  @Test
  void distinguishesMinusZeroFromZeroAndOrdersItFirst() {
    assertThat(integer("-0")).isNotEqualTo(integer("0"));
    assertThat(integer("-0")).isLessThan(integer("0")).isGreaterThan(integer("-1"));
    assertThat(integer("-0")).isGreaterThan(integer("-" + FORTY_DIGITS));
    assertThat(integer("-0")).isLessThan(integer(FORTY_DIGITS));
  }

  @Test
  void formatsAsWrittenInJson() {
    assertThat(integer("-0")).hasToString("-0");
    assertThat(Id.ofString("007")).hasToString("007");
  }

  @Test
  void agreesWithANaiveComparator() {
    List<Id> ids = randomIds();

    for (Id a : ids) {
      for (Id b : ids) {
        int order = Integer.signum(a.compareTo(b));
        if (order != Integer.signum(NAIVE.compare(a, b)) || (order == 0) != a.equals(b)) {
          throw new AssertionError(a + " and " + b + " compare as " + order);
        }
      }
    }
  }

  private static List<Id> randomIds() {
    Random random = new Random(7);
    List<Id> ids = new ArrayList<>(List.of(integer("0"), integer("-0"), Id.ofString("")));
    for (int i = 0; i < 300; i++) {
      BigInteger value = new BigInteger(random.nextInt(140), random);
      ids.add(integer((random.nextBoolean() ? value : value.negate()).toString()));
      ids.add(Id.ofString(value.toString()));
      ids.add(Id.ofString(randomText(random)));
    }
    return ids;
  }

  /** Uses few different characters, so that many texts have common prefixes. */
  private static String randomText(Random random) {
    int[] alphabet = {'a', 'b', 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x1F6D2, 0x1F6D3, 0x10FFFF};
    int[] text = random.ints(random.nextInt(5), 0, alphabet.length).map(i -> alphabet[i]).toArray();
    return new String(text, 0, text.length);
  }

  private static int compareValues(Id a, Id b) {
    return new BigInteger(a.text()).compareTo(new BigInteger(b.text()));
  }

  private static int compareCodePoints(Id a, Id b) {
    return Arrays.compare(a.text().codePoints().toArray(), b.text().codePoints().toArray());
  }

  private static Id integer(String digits) {
    return Id.ofInteger(digits);
  }
}
