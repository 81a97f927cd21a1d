package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code propose} lists without choosing: ids, quantities, prices, dimensions, conditions. */
class ProposeFieldsTest {
  private static final String ORDER =
      "{\"id\": 1, \"at\": \"2023-01-02T10:00\", \"lines\": [{\"sku\": \"a\", %s}]}\n";

  @TempDir Path directory;

  @Test
  void choosesAnArticleAsItem() throws IOException {
    ProposeRun result =
        propose(
            """
            {"number": 1, "at": "2023-01-02T10:00", "buyer": {"mail": "a@example.org"}, \
            "positions": [{"article": "tea", "count": 2, "unitPrice": 4.5}]}
            """);

    assertThat(result.out())
        .contains(
            "customer: buyer.mail ",
            "item: positions[].article ",
            "quantity: positions[].count ",
            "price: positions[].unitPrice ");
  }

  @Test
  void doesNotChooseANumberAsQuantity() throws IOException {
    ProposeRun result = propose(ORDER.formatted("\"pieces\": 3, \"weight\": 0.435, \"tax\": 1"));

    assertThat(result.out())
        .contains(
            """
            #   quantity: no field has the name of a quantity; perhaps it is lines[].pieces or lines[].weight. Remove "# " before its lines, or before "1" to count units of 1.
            """,
            """
            # quantity: lines[].pieces  # 3, in 1 of 1 line items
            # quantity: lines[].weight  # 0.435, in 1 of 1 line items
            # quantityDecimals: 3
            # quantity: "1"             # each line item is one unit
            quantity:
            """,
            "items ? × \"a\"");
    assertThatThrownBy(result::format).hasMessageContaining("quantity: has no value");
    assertThat(result.enabling("quantity: lines[].pieces").quantity())
        .hasToString("lines[].pieces");
  }

  @Test
  void doesNotChooseBetweenTwoQuantities() throws IOException {
    ProposeRun different = propose(ORDER.formatted("\"qty\": 3, \"units\": 18"));
    ProposeRun equal = propose(ORDER.formatted("\"qty\": 3, \"units\": 3"));

    assertThat(different.out())
        .contains("#   quantity: lines[].qty or lines[].units. Remove \"# \" before the lines");
    assertThat(equal.out()).contains("\nquantity: lines[].qty ").doesNotContain("To decide");
  }

  @Test
  void countsUnitsOfOneIfThereIsNoNumber() throws IOException {
    ProposeRun result = propose(ORDER.formatted("\"size\": \"L\", \"line_no\": 1"));

    assertThat(result.out())
        .contains("# quantity: \"1\"    # no field; each line item is one unit\n")
        .doesNotContain("To decide");
    assertThat(result.format().constantQuantity()).isEqualTo(1);
  }

  @Test
  void listsNumbersOfRecordsWithoutAProduct() throws IOException {
    ProposeRun result =
        propose("{\"id\": 1, \"at\": \"2023-01-02T10:00\", \"guests\": 4, \"amount\": 12}\n");

    assertThat(result.out())
        .contains(
            """
            #   quantity: each record is one unit. If guests is the quantity, remove "# " before its lines.
            """,
            "# quantity: guests ");
    assertThat(result.format().constantQuantity()).isEqualTo(1);
  }

  @Test
  void proposesTheDecimalsOfWeights() throws IOException {
    ProposeRun result =
        propose(ORDER.formatted("\"qty\": 0.435") + ORDER.formatted("\"qty\": 1.50"));

    assertThat(result.out())
        .contains(
            """
            quantity: lines[].qty  # 0.435, in 2 of 2 line items
            quantityDecimals: 3    # the largest number of decimals
            """);
  }

  @Test
  void doesNotChooseBetweenTwoPrices() throws IOException {
    ProposeRun result =
        propose(ORDER.formatted("\"qty\": 1, \"price\": 1.5, \"unit_price\": 2.125"));

    assertThat(result.out())
        .contains(
            """
            #   price: lines[].price or lines[].unit_price. Remove "# " before the lines of one of them. Without one, there are no results of revenue.
            """,
            """
            # price: lines[].price       # 1.5, in 1 of 1 line items
            # price: lines[].unit_price  # 2.125, in 1 of 1 line items
            # priceDecimals: 3
            """);
    assertThat(result.format()).isNotNull();
    assertThat(result.enabling("price: lines[].unit_price", "priceDecimals: 3")).isNotNull();
  }

  @Test
  void listsDecimalsWithAnotherNameAsPrices() throws IOException {
    ProposeRun result = propose(ORDER.formatted("\"qty\": 1, \"preis\": 9.99, \"tax\": 0.5"));

    assertThat(result.out())
        .contains(
            """
            # price: lines[].preis  # 9.99, in 1 of 1 line items; if this is of the whole line item, use amount
            """)
        .doesNotContain("tax");
  }

  @Test
  void listsFieldsWithFewValuesAsDimensions() throws IOException {
    StringBuilder rows = new StringBuilder("id,at,sku,qty,Région,store_id,comment\n");
    for (int i = 0; i < 12; i++) {
      rows.append(
          "%d,2023-01-02T10:00,a,1,%s,%d,note %d\n"
              .formatted(i, i % 3 == 0 ? "Nord" : "Süd", i % 2, i));
    }
    Path file = Files.writeString(directory.resolve("rows.csv"), rows);

    ProposeRun result = ProposeRun.of("--input=" + file);

    assertThat(result.out())
        .contains(
            """
            # by.region: $.Région    # "Süd" 8, "Nord" 4
            # by.store_id: store_id  # "0" 6, "1" 6
            """)
        .doesNotContain("by.comment");
    assertThat(result.enabling("by.region: ", "by.store_id: ")).isNotNull();
  }

  @Test
  void listsDimensionsWithNamesThatAreValid() throws IOException {
    StringBuilder rows = new StringBuilder("id,at,sku,qty,product,имя,Store 1,store-1\n");
    for (int i = 0; i < 12; i++) {
      rows.append("%1$d,2023-01-02T10:00,a,1,p%2$d,n%2$d,s%2$d,t%2$d\n".formatted(i, i % 2));
    }
    Path file = Files.writeString(directory.resolve("rows.csv"), rows);

    ProposeRun result = ProposeRun.of("--input=" + file);

    assertThat(result.enabling("by.dimension: ", "by.store_1: ", "by.store_1_2: ")).isNotNull();
  }

  @Test
  void listsConditionsThatCanBeEnabled() throws IOException {
    ProposeRun result =
        propose(
            """
            {"id": 1, "at": "2023-01-02T10:00", "sku": "a", "qty": 1, "status": "on: hold", "order.state": "paid", "gift": true}
            {"id": 2, "at": "2023-01-02T10:00", "sku": "a", "qty": 1, "status": "sent", "gift": false}
            """);

    assertThat(result.out())
        .contains(
            """
            # where: 'status in ["on: hold", "sent"]'  # "on: hold" 1, "sent" 1
            # where: gift in [true, false]  # true 1, false 1
            """);
    assertThat(result.enabling("where: 'status", "where: gift").conditions())
        .extracting(Object::toString)
        .containsExactly("status in [\"on: hold\", \"sent\"]", "gift in [true, false]");
  }

  @Test
  void doesNotChooseBetweenTwoIds() throws IOException {
    ProposeRun result =
        propose(
            """
            {"order_id": 1, "transaction_id": 8, "customer_id": 5, "user_id": 6, "at": "2023-01-02T10:00", "sku": "a", "qty": 1}
            """);

    assertThat(result.out())
        .contains(
            "#   id: order_id or transaction_id. Remove",
            "#   customer: customer_id or user_id. Remove",
            """
            # id: order_id           # 1, in 1 of 1 records, 1 distinct
            # id: transaction_id     # 8, in 1 of 1 records, 1 distinct
            id:
            """);
    assertThat(result.enabling("id: transaction_id", "customer: user_id").customer())
        .hasToString("user_id");
  }

  @Test
  void choosesTheIdThatIsNotInAnotherObject() throws IOException {
    ProposeRun result =
        propose(
            """
            {"order_id": 1, "payment": {"transaction_id": 8}, "customer": {"id": 5, "address": {"customer_id": 5}}, "at": "2023-01-02T10:00", "sku": "a", "qty": 1}
            """);

    assertThat(result.out())
        .contains(
            "\nid: order_id ",
            "\n# id: payment.transaction_id ",
            "\ncustomer: customer.id ",
            "\n# customer: customer.address.customer_id ")
        .doesNotContain("To decide");
  }

  @Test
  void listsAnIdThatFewRecordsHave() throws IOException {
    ProposeRun result =
        propose(
            """
            {"message_id": 1, "cart": {"order_id": 7}, "at": "2023-01-02T10:00", "sku": "a", "qty": 1}
            {"message_id": 2, "at": "2023-01-02T10:00", "sku": "a", "qty": 1}
            """);

    assertThat(result.out())
        .contains(
            """
            id: message_id       # 1, in 2 of 2 records, 2 distinct
            # id: cart.order_id  # 7, in 1 of 2 records, 1 distinct
            """);
  }

  @Test
  void listsDistinctFieldsIfNoneHasTheNameOfAnId() throws IOException {
    StringBuilder rows = new StringBuilder("beleg,at,sku,qty,loyalty_card\n");
    for (int i = 0; i < 20; i++) {
      rows.append("B%d,2023-01-02T10:00,a,1,c%d\n".formatted(i, i % 5));
    }
    Path file = Files.write(directory.resolve("rows.csv"), rows.toString().getBytes(UTF_8));

    ProposeRun result = ProposeRun.of("--input=" + file);

    assertThat(result.out())
        .contains(
            "# id: beleg ",
            "\"B0\", in 20 of 20 records, 20 distinct\nid: none\n",
            "# customer: loyalty_card  # \"c0\", in 20 of 20 records, 5 distinct\n");
    assertThat(result.format().id()).isNull();
  }

  private ProposeRun propose(String records) throws IOException {
    return ProposeRun.ofRecords(directory, records);
  }
}
