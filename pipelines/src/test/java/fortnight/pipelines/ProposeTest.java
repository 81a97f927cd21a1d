package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.options.FormatFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProposeTest {
  private static final String ORDERS =
      """
      {"order_id": "A-1", "created_at": "2023-01-02T10:00:00Z", "status": "paid", "currency": "EUR", "customer": {"id": 7}, "items": [{"sku": "S1", "qty": 2, "price": "9.99"}]}
      {"order_id": "A-2", "created_at": "2023-01-02T11:00:00Z", "status": "refunded", "currency": "EUR", "customer": null, "items": [{"sku": "S2", "qty": 1, "price": "5.00"}]}
      """;

  @TempDir Path directory;

  @Test
  void proposesEachKeyThatIsCertain() throws IOException {
    ProposeRun result = propose(ORDERS);

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(
            """
            # Proposed for the records of FILE
            # This format accepts 2 of 2 records.

            id: order_id           # "A-1", in 2 of 2 records, 2 distinct
            time: created_at       # "2023-01-02T10:00:00Z", in 2 of 2 records
            customer: customer.id  # 7, in 1 of 2 records, 1 distinct
            item: items[].sku      # "S1", in 2 of 2 line items
            quantity: items[].qty  # 2, in 2 of 2 line items
            price: items[].price   # "9.99", in 2 of 2 line items
            currency: currency     # "EUR" 2

            # All records count. To count only some, use a condition without the other values:
            # where: status in ["paid", "refunded"]  # "paid" 1, "refunded" 1

            # The first 2 records, as this format reads them with --timeZone=UTC:
            #   FILE:0: id "A-1", time 2023-01-02T10:00:00, customer 7, items 2 × "S1" for 19.98
            #   FILE:171: id "A-2", time 2023-01-02T11:00:00, items 1 × "S2" for 5.00
            """);
    assertThat(result.format().lineItems()).containsExactly("items");
  }

  @Test
  void doesNotChooseBetweenTwoArrays() throws IOException {
    ProposeRun result =
        propose(
            """
            {"id": 1, "ts": 1672653600, "lines": [{"sku": "a", "qty": 1}], "gifts": [{"product": "b", "count": 3}]}
            """);

    assertThat(result.out())
        .contains(
            """
            # To decide:
            #   item, quantity: several arrays can be the line items: lines[], gifts[]. Remove "# " before the lines of one of them.
            """,
            """
            timeUnit: s                # 1672653600 is 2023-01-02T10:00:00
            # item: lines[].sku        # "a", in 1 of 1 line items
            # quantity: lines[].qty    # 1, in 1 of 1 line items
            # item: gifts[].product    # "b", in 1 of 1 line items
            # quantity: gifts[].count  # 3, in 1 of 1 line items
            item:
            quantity:
            """,
            "FILE:0: id 1, time 2023-01-02T10:00:00, items ?");
  }

  @Test
  void doesNotChooseAQuantityThatMostLineItemsLack() throws IOException {
    ProposeRun result =
        propose(
            """
            {"id": 1, "at": "2023-01-02T10:00", "lines": [{"sku": "a", "qty": 3}, {"sku": "b"}]}
            """);

    assertThat(result.out())
        .contains(
            """
            #   quantity: lines[].qty is not in all line items. Remove "# " before it to reject the others, or before "1" to count units of 1.
            """,
            """
            # quantity: lines[].qty  # 3, in 1 of 2 line items
            # quantity: "1"          # each line item is one unit
            quantity:
            """);
    assertThat(result.enabling("quantity: \"1\"").constantQuantity()).isEqualTo(1);
    assertThat(result.enabling("quantity: lines[].qty").quantity()).hasToString("lines[].qty");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "fortnight; {'transaction_id': 1, 'customer_id': 2, 'timestamp': '2023-01-02T10:00:00',"
            + " 'line_items': [{'item_id': 3, 'quantity': 1}]}",
        "shopify; {'id': 1, 'created_at': '2023-01-02T10:00:00-05:00', 'updated_at':"
            + " '2023-01-03T10:00:00Z', 'test': false, 'customer': {'id': 2}, 'line_items': [{'id':"
            + " 4, 'product_id': 3, 'sku': 'x', 'quantity': 1, 'price': '1.00'}]}",
        "square; {'id': 'o', 'created_at': '2023-01-02T10:00:00Z', 'updated_at':"
            + " '2023-01-03T10:00:00Z', 'customer_id': 'c', 'state': 'COMPLETED', 'line_items':"
            + " [{'catalog_object_id': 'k', 'quantity': '1'}]}",
        "stripe; {'id': 'ch', 'object': 'charge', 'created': 1672653600, 'customer': 'c',"
            + " 'status': 'succeeded', 'amount': 1099}",
        "segment; {'messageId': 'm', 'event': 'Order Completed', 'timestamp':"
            + " '2023-01-02T10:00:00Z', 'sentAt': '2023-01-02T10:00:01Z', 'userId': 'u',"
            + " 'properties': {'order_id': 'o', 'products': [{'product_id': 'p', 'quantity': 1}]}}",
        "ga4; {'event_timestamp': 1672653600000000, 'event_name': 'purchase', 'user_pseudo_id':"
            + " 'u', 'ecommerce': {'transaction_id': 't'}, 'items': [{'item_id': 'i', 'quantity':"
            + " 1}]}"
      })
  void recognizesPresets(String preset, String record) throws IOException {
    ProposeRun result = propose(record.replace('\'', '"') + "\n");

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith(
            """
            # Proposed for the records of FILE
            # --format=%s fits: it accepts 1 of 1 records. The same format as keys:
            """
                .formatted(preset));
    assertThat(result.format()).isEqualTo(FormatFlag.read(preset));
  }

  /** The examples contain records of all kinds, and some that are rejected. */
  @ParameterizedTest
  @ValueSource(strings = {"fortnight", "shopify", "square", "stripe", "segment", "ga4"})
  void recognizesTheExampleOfAPreset(String preset) {
    ProposeRun result = ProposeRun.of("--input=../testdata/formats/" + preset + "/input.jsonl");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).contains("# --format=" + preset + " fits: it accepts ");
  }

  @Test
  void countsRecordsThatAPresetFiltersOut() throws IOException {
    ProposeRun result =
        propose(
            """
            {"event_timestamp": 1672653600000000, "event_name": "page_view", "user_pseudo_id": "u", "ecommerce": null, "items": []}
            {"event_timestamp": 1672653600000001, "event_name": "purchase", "user_pseudo_id": "u", "ecommerce": {"transaction_id": "t"}, "items": [{"item_id": "i", "quantity": 1}]}
            """);

    assertThat(result.out())
        .contains(
            "--format=ga4 fits: it accepts 1 of 2 records, and filters out 1.",
            "FILE:0: filtered out");
  }

  @Test
  void reportsAllWrongFlagsAtOnce() {
    ProposeRun result =
        ProposeRun.of("--input=" + directory.resolve("absent"), "--kafkaConfig=absent", "--x=1");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .contains("absent: does not exist", "--kafkaConfig=absent: not a readable file", "--x")
        .endsWith("See --help.\n");
    assertThat(ProposeRun.of().status()).isEqualTo(2);
  }

  /** The document contains the records and the proposed file. */
  @Test
  void printsTheExampleOfTheDocument() throws IOException {
    String section =
        Files.readString(Path.of("..", "docs", "formats.md")).split("## Propose a format", 2)[1];

    ProposeRun result = propose(block(section, "json"));

    assertThat(result.out().replace("FILE", "orders.jsonl")).isEqualTo(block(section, "yaml"));
  }

  private static String block(String section, String language) {
    String rest = section.split("```" + language + "\n", 2)[1];
    return rest.substring(0, rest.indexOf("```"));
  }

  private ProposeRun propose(String records) throws IOException {
    return ProposeRun.ofRecords(directory, records);
  }
}
