package fortnight.transforms.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldPathTest {
  @Test
  void parsesNamesFromTheRoot() {
    assertThat(FieldPath.parse("customer.id"))
        .isEqualTo(new FieldPath(List.of("customer", "id"), 0));
    assertThat(FieldPath.parse("a.lines[].b.sku"))
        .isEqualTo(new FieldPath(List.of("a", "lines", "b", "sku"), 2));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "$.customer.id, customer.id",
        "lines[*].sku, lines[].sku",
        "' a.b', ' a.b'",
        "$.'a.b'.c, 'a.b'.c",
        "Customer ID, Customer ID",
        "größe, größe"
      })
  void writesAPathAsItCanBeRead(String text, String written) {
    assertThat(FieldPath.parse(text)).hasToString(written);
    assertThat(FieldPath.parse(written)).isEqualTo(FieldPath.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a..b | a name is missing; use a path such as customer.id",
        "a. .b | a name is missing; use a path such as customer.id",
        "a. | a name is missing; use a path such as customer.id",
        "a[].b[].c | only one array can be the array of line items",
        "a[0].b | use [] for the array of line items",
        "a[ | use [] for the array of line items",
        "lines[] | names no field of a line item; use lines[].sku",
        "'a | a quote is not closed",
        "'lines[].sku' | is in quotes, and therefore one name; omit the quotes",
        "a=b | unexpected =b after a; quote a name with special characters: 'a.b'"
      })
  void rejectsOtherTexts(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldPath.parse(text))
        .withMessage(message);
  }
}
