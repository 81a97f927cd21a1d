package fortnight.transforms.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fortnight.transforms.Int128;
import java.util.List;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecordFormatTest {
  private static final String ORDERS = "id=order_id,time=ts,item=lines[].sku,quantity=lines[].qty";

  @Test
  void readsKeysAndValues() {
    RecordFormat format =
        RecordFormat.parse(ORDERS + ", customer=customer.id, where=status in [\"paid\", \"sent\"]");

    assertThat(format.id()).hasToString("order_id");
    assertThat(format.time()).hasToString("ts");
    assertThat(format.item()).hasToString("lines[].sku");
    assertThat(format.quantity()).hasToString("lines[].qty");
    assertThat(format.customer()).hasToString("customer.id");
    assertThat(format.lineItems()).containsExactly("lines");
    assertThat(format.conditions())
        .extracting(Condition::toString)
        .containsExactly("status in [\"paid\", \"sent\"]");
  }

  @Test
  void hasConstantsAndNoId() {
    RecordFormat format = RecordFormat.parse("id=none,time=ts,item=\"all\"");

    assertThat(format.id()).isNull();
    assertThat(format.constantItem()).hasToString("all");
    assertThat(format.constantQuantity()).isEqualTo(1);
    assertThat(format.lineItems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void isSerializable(Preset preset) {
    assertThat(SerializableUtils.clone(preset.format())).isEqualTo(preset.format());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "customer=lines.c | customer: lines.c is in the array of line items;"
            + " write [] after its name, or use another field",
        "customer=lines | customer: lines is in the array of line items;"
            + " write [] after its name, or use another field",
        "price=p[].a | [] must mark the same array in all paths: lines[].sku, p[].a",
        "customer=c, | empty between two commas, or after the last one",
        "timePattern=M/d/yyyy h:mm | timePattern: M/d/yyyy h:mm: has an incomplete time of day;"
            + " use H:mm, or h:mm a for AM and PM",
        "where=amount >= 5 | where: amount >= 5: not a condition;"
            + " use status = \"paid\", test != true, or event in [\"purchase\", \"refund\"]",
        "where=status not in [1] | where: status not in [1]: not a condition;"
            + " use status = \"paid\", test != true, or event in [\"purchase\", \"refund\"]",
        "idd=x | idd: unknown key; did you mean id?",
        "itme=x | itme: unknown key; did you mean time or item?",
        "timestamp=x | timestamp: unknown key; did you mean time?",
        "TimeUnit=s | TimeUnit: unknown key; did you mean timeUnit?",
        "by=store | by: a dimension has a name; use by.store",
        "foo=x | foo: unknown key; use id, time, timeUnit, timePattern, item, customer, quantity,"
            + " quantityDecimals, price, amount, priceDecimals, priceUnit, currency, where,"
            + " records, delimiter, charset, header, decimalComma, changes, preset, or by.NAME",
        "customer= | customer: has no value",
        "id=a[].b | id: a[].b: a[].b is in a line item; use a field of the record",
        "id=\"a\" | id: \"a\": must be a path, not the constant \"a\"",
        "item=lines[].sku,quantity=items[].qty"
            + " | [] must mark the same array in all paths: lines[].sku, items[].qty",
        "item=sku,quantity=lines[].qty | item: sku is not in the array of line items",
        "item=lines[].sku,quantity=qty | quantity: qty is not in the array of line items",
        "item=\"lines[].sku\" | item: \"lines[].sku\":"
            + " in double quotes it is a constant; omit the quotes to use a field",
        "quantity=\"two\" | quantity: \"two\": \"two\" is not a number",
        "customer=a,where=a.b = 1 | a and a.b: a field is a value or an object",
        "time=a,time=b | time: is set twice",
        "quantity=1 | quantity: 1: a number is not a path;"
            + " use \"1\" for a constant, or '1' for a field of this name",
        "customer=null | customer: null: null is not a path; use 'null' for a field of this name",
        "timeUnit=min | timeUnit: min: not a unit; use s, ms, us, or ns",
        "timeUnit=s,timePattern=yyyy-MM-dd | timeUnit and timePattern: only one can be set",
        "timePattern=H:mm" + " | timePattern: H:mm: has no year, month, and day; use M/d/yyyy H:mm",
        "quantityDecimals=x" + " | quantityDecimals: x: use a number of decimals from 0 to 9",
        "price=lines[].p,priceUnit=cents | priceUnit: cents: use major or minor",
        "price=a,amount=b"
            + " | price and amount: only one can be set; price is of a unit, amount of a line item",
        "price=\"1.005\" | price: \"1.005\" has more than 2 decimals; set priceDecimals",
        "price=\"1.5\",priceUnit=minor"
            + " | price: \"1.5\" has more than 0 decimals; set priceDecimals",
        "price=\"-1\" | price: \"-1\" is negative",
        "amount=\"900719925474.1\",priceDecimals=4"
            + " | amount: \"900719925474.1\" is beyond ±900719925474.0991",
        "quantity=\"900719925475\",quantityDecimals=4"
            + " | quantity: \"900719925475\" is beyond ±900719925474.0991",
        "price=lines[].p,currency=\"\""
            + " | currency: \"\": a currency is not empty; omit the key, or use \"EUR\"",
        "price=lines[].p,currency=lines[].c"
            + " | currency: lines[].c: lines[].c is in a line item; use a field of the record",
        "currency=c | currency: needs price or amount",
        "by.Store=a | by.Store: a name of a dimension has lower-case letters, digits and _; use"
            + " by.store",
        "by.product=a | by.product: product is the dimension of item; use another name",
        "records=xml | records: xml is not supported; use json, csv, or avro",
        "records=csv,item=sku,customer=a.b | customer: a.b is not a column; with records: csv, a"
            + " path is the name of a column, in single quotes if the name has a dot: 'a.b'",
        "records=csv | item: lines[].sku is not a column; with records: csv, a path is the name of"
            + " a column, in single quotes if the name has a dot: 'a.b'",
        "records=csv,item=sku,header=[order_id, ts, SKU] | item: sku is not in header; did you mean"
            + " SKU?",
        "records=csv,item=sku,header=[order_id, sku, ts, sku] | item: sku is in header twice",
        "records=csv,item=\"all\",header=[order_id],where=x = 1,time=order_id | where: x is not in"
            + " header; did you mean order_id?",
        "records=csv,item=sku,header=false | header: false: use true, or the names of the columns:"
            + " [order_id, time, sku]",
        "records=csv,item=sku,delimiter=;; | delimiter: ;; is not one ASCII character; use \",\","
            + " \";\", or \"\\t\"",
        "records=csv,item=sku,delimiter=\u00a6 | delimiter: \u00a6 is not one ASCII character; use"
            + " \",\", \";\", or \"\\t\"",
        "records=csv,item=sku,charset=latin9000 | charset: latin9000 is unknown; use UTF-8,"
            + " ISO-8859-1, or UTF-16",
        "records=csv,item=sku,charset=Shift_JIS | charset: Shift_JIS is not supported, because its"
            + " bytes can look like delimiters; convert the input, for example with iconv -f"
            + " Shift_JIS -t UTF-8",
        "records=csv,item=sku,charset=IBM037 | charset: IBM037 is not supported, because its bytes"
            + " can look like delimiters; convert the input, for example with iconv -f IBM037 -t"
            + " UTF-8",
        "records=csv,item=sku,decimalComma=yes | decimalComma: yes: use true or false",
        "delimiter=; | delimiter: only for records: csv",
        "changes=debezium | changes: debezium is not supported yet; use none",
        "where=lines[].a = 1 | where: lines[].a = 1: a condition is on the record, and lines[].a is"
            + " in a line item",
        "where=status = paid | where: status = paid: paid is not a value;"
            + " use \"text\" in double quotes, a number, true, false, or null",
        "where=status | where: status: not a condition;"
            + " use status = \"paid\", test != true, or event in [\"purchase\", \"refund\"]"
      })
  void reportsAMistake(String keys, String mistake) {
    String rest = "";
    for (String key : List.of("id=order_id", "time=ts", "item=lines[].sku")) {
      String name = key.substring(0, key.indexOf('=') + 1);
      rest += keys.startsWith(name) || keys.contains("," + name) ? "" : "," + key;
    }
    String format = keys + rest;

    InvalidFormatException invalid =
        catchThrowableOfType(InvalidFormatException.class, () -> RecordFormat.parse(format));

    assertThat(invalid.mistakes()).containsExactly(mistake);
  }

  @Test
  void ignoresAnEmptyKeyThatIsAlsoSet() {
    assertThat(RecordFormat.parse("time=created,id=none,item=sku,time=").time())
        .hasToString("created");
  }

  @Test
  void reportsAllMistakesAtOnce() {
    InvalidFormatException invalid =
        catchThrowableOfType(
            InvalidFormatException.class, () -> RecordFormat.parse("tim=ts,item=a..b"));

    assertThat(invalid.mistakes())
        .containsExactly(
            "tim: unknown key; did you mean time?",
            "id: missing; use id: none if records have no id",
            "time: missing",
            "item: a..b: a name is missing; use a path such as customer.id");
  }

  @Test
  void readsConditionsOfAnyLength() {
    String names = "a".repeat(50_000);

    assertThat(RecordFormat.parse(ORDERS + ",where=" + names + "=1").conditions()).hasSize(1);
    assertThat(RecordFormat.parse(ORDERS + ",where='a = b' in[1,\"x, y\"]").conditions())
        .extracting(Condition::toString)
        .containsExactly("'a = b' in [1, \"x, y\"]");
  }

  @Test
  void countsDistinctIdsOfFlatRecords() {
    assertThat(RecordFormat.parse("id=a,time=b,item=c").hasDistinctIds()).isTrue();
    assertThat(RecordFormat.parse("id=none,time=b,item=c").hasDistinctIds()).isFalse();
    assertThat(RecordFormat.parse("id=a,time=b,item=c[].d").hasDistinctIds()).isFalse();
  }

  @Test
  void hasAnIdentityThatStateKeeps() {
    assertThat(RecordFormat.fortnight().identity())
        .isEqualTo(
            "RecordFormat[id=transaction_id, time=timestamp, timeNotation=TimeNotation[unit=null,"
                + " pattern=null], item=line_items[].item_id, customer=customer_id,"
                + " quantity=line_items[].quantity, conditions=[]]");
    assertThat(RecordFormat.parse("id=a,time=b,item=c,records=csv").identity())
        .contains("encoding=Csv[delimiter=,");
  }

  @Test
  void describesAmountsAndDimensions() {
    RecordFormat format =
        RecordFormat.parse(
            ORDERS
                + ",price=lines[].price,priceDecimals=3,priceUnit=minor,currency=\"EUR\","
                + "quantityDecimals=1,by.store=shop.id,by.category=lines[].group");

    assertThat(format.money())
        .isEqualTo(
            new Money(
                FieldPath.parse("lines[].price"), false, 3, true, new FieldValue.Constant("EUR")));
    assertThat(format.revenueDecimals()).isEqualTo(4);
    assertThat(format.dimensionNames()).containsExactly("store", "category");
    assertThat(format.recordDimensions()).extracting(DimensionField::name).containsExactly("store");
    assertThat(format.itemDimensions())
        .extracting(DimensionField::name)
        .containsExactly("category");
  }

  @Test
  void extendsAPreset() {
    RecordFormat shopify =
        RecordFormat.parse("shopify,price=line_items[].price,where=a = 1,id=name");

    assertThat(shopify.item()).isEqualTo(Preset.SHOPIFY.format().item());
    assertThat(shopify.id()).isEqualTo(FieldPath.parse("name"));
    assertThat(shopify.conditions()).hasSize(2);
    assertThat(RecordFormat.parse("price=line_items[].price,where=a = 1,id=name,preset=shopify"))
        .isEqualTo(shopify);
  }

  @Test
  void namesAllMistakesBesideAnUnknownPreset() {
    assertThatExceptionOfType(InvalidFormatException.class)
        .isThrownBy(() -> RecordFormat.parse("preset=xyz,prise=a,time=1"))
        .satisfies(
            e ->
                assertThat(e.mistakes())
                    .containsExactly(
                        "preset: xyz: unknown; use fortnight, shopify, square, stripe, segment,"
                            + " ga4, uci",
                        "prise: unknown key; did you mean price?",
                        "time: 1: a number is not a path; use \"1\" for a constant, or '1' for a field of this"
                            + " name"));
    assertThatExceptionOfType(InvalidFormatException.class)
        .isThrownBy(() -> RecordFormat.parse("preset=shopfy"))
        .satisfies(
            e ->
                assertThat(e.mistakes())
                    .containsExactly("preset: shopfy: unknown; did you mean shopify?"));
  }

  @Test
  void multipliesExactly() {
    RecordFormat prices = RecordFormat.parse(ORDERS + ",price=lines[].price");
    RecordFormat amounts = RecordFormat.parse(ORDERS + ",amount=lines[].total,quantityDecimals=3");
    long largest = (1L << 53) - 1;

    assertThat(prices.amount(-3, 1_250)).isEqualTo(Int128.of(-3_750));
    assertThat(prices.amount(largest, 10)).isEqualTo(Int128.of(10 * largest));
    assertThat(prices.amount(-1_000_000_000_000_000L, 1_000_000_000_000L))
        .hasToString("-1000000000000000000000000000");
    assertThat(prices.amount(1_000_000_000_000_001L, 1_000_000_000_000L)).isNull();
    assertThat(prices.amount(-largest, largest)).isNull();
    assertThat(amounts.amount(7, -1_250)).isEqualTo(Int128.of(-1_250_000));
  }

  @Test
  void describesCsv() {
    RecordFormat format =
        RecordFormat.parse(
            "records=csv,id='order.id',time=Order Date,item=sku,delimiter=\";\",charset=latin1,"
                + "header=['order.id', Order Date, \"a, b\", sku, , 'x\"y'],decimalComma=true");

    assertThat(format.encoding())
        .isEqualTo(
            new RecordEncoding.Csv(
                ';',
                "ISO-8859-1",
                List.of("order.id", "Order Date", "a, b", "sku", "", "x\"y"),
                true));
    assertThat(format.columns()).containsExactly("order.id", "Order Date", "sku");
    assertThat(format.hasDistinctIds()).isTrue();
  }

  @Test
  void csvHasAHeaderAndCommasByDefault() {
    RecordFormat format = RecordFormat.parse("records=csv,id=none,time=t,item=i");

    assertThat(format.encoding()).isEqualTo(new RecordEncoding.Csv(',', "UTF-8", null, false));
    assertThat(RecordFormat.parse("records=csv,id=none,time=t,item=i,delimiter=\\t").encoding())
        .isEqualTo(new RecordEncoding.Csv('\t', "UTF-8", null, false));
  }
}
