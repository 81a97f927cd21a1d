package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordFormat;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast path on line items: all have the same place for their values, one after the other. */
class LineItemValuesTest {
  private static final String RECORD = "{'id':1,'ts':'2023-01-02T09:00','lines':[%s]}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'sku':8}",
        "{'sku':8,'of':null}",
        "{'sku':8,'of':7}",
        "{'sku':8,'of':{}}",
        "{'sku':8,'of':{ }}",
        "{'of':{'kind':'tea'},'sku':8}",
        "{'of':{'a':{'b':1}},'sku':8 }"
      })
  void usesNoValueOfThePreviousLineItem(String item) throws Rejection {
    TransactionParser parser =
        parser("id=id,time=ts,item=lines[].sku,by.group=lines[].of.group,where=id != 9");
    String record = RECORD.formatted("{'sku':7,'of':{'group':'g'}}," + item);

    for (int times = 0; times < 2; times++) {
      ParsedRecord fast = parser.parseFast(payload(record));
      if (item.contains("'of':7")) {
        assertThat(fast).isNull();
      } else {
        assertThat(fast.transaction().lineItems().get(1).dimensions()).containsExactly(Id.NULL);
        assertThat(fast).isEqualTo(parser.parseWithJackson(payload(record)));
      }
    }
  }

  @Test
  void usesNoValueOfThePreviousLineItemIfThereAreManyFields() {
    String dimensions =
        IntStream.range(0, 70)
            .mapToObj("by.d%1$d=lines[].d%1$d"::formatted)
            .collect(joining(",", ",", ""));
    TransactionParser parser = parser("id=id,time=ts,item=lines[].sku" + dimensions);

    List<LineItem> items =
        parser
            .parseFast(payload(RECORD.formatted("{'d65':7,'sku':7},{'sku':8},{'sku':9,'d3':1}")))
            .transaction()
            .lineItems();

    assertThat(items.get(0).dimensions().get(65)).isEqualTo(Id.ofInteger(7));
    assertThat(items.get(1).dimensions()).containsOnly(Id.NULL);
    assertThat(items.get(2).dimensions().get(3)).isEqualTo(Id.ofInteger(1));
  }

  @Test
  void agreesWithJacksonOnNumbersOfAnyLength() {
    TransactionParser parser =
        parser(
            "id=id,time=ts,item=lines[].sku,quantity=lines[].n,quantityDecimals=3,"
                + "price=lines[].p,priceDecimals=6");
    Random random = new Random(5);
    int accepted = 0;

    for (int run = 0; run < 100_000; run++) {
      String item = "{'sku':%s,'n':%s,'p':%s}";
      String record =
          RECORD.formatted(item.formatted(number(random), number(random), number(random)));
      ParsedRecord fast = parser.parseFast(payload(record));
      if (fast != null) {
        accepted++;
        if (!fast.equals(judged(parser, record))) {
          throw new AssertionError(record + " was parsed as " + fast);
        }
      }
    }

    assertThat(accepted).isGreaterThan(1_000);
  }

  /** Returns a number that is usually valid, and perhaps too long. */
  private static String number(Random random) {
    StringBuilder number = new StringBuilder(random.nextInt(20) == 0 ? "-" : "");
    digits(random, 1 + random.nextInt(random.nextInt(20) + 1), number);
    if (random.nextInt(3) == 0) {
      number.append('.');
      digits(random, random.nextInt(random.nextInt(10) + 1) + (random.nextInt(9) / 8), number);
    }
    if (random.nextInt(20) == 0) {
      number.append(random.nextBoolean() ? "e1" : " ");
    }
    return number.toString();
  }

  private static void digits(Random random, int count, StringBuilder out) {
    random.ints(count, 0, 10).forEach(out::append);
  }

  private static Object judged(TransactionParser parser, String record) {
    try {
      return parser.parseWithJackson(payload(record));
    } catch (Rejection e) {
      return e.getMessage();
    }
  }

  private static TransactionParser parser(String format) {
    return new TransactionParser(
        RecordFormat.parse(format), EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);
  }

  private static Payload payload(String record) {
    return Payload.of("f:", 0, record.replace('\'', '"').getBytes(UTF_8));
  }
}
