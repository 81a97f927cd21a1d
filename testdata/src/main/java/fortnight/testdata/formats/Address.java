package fortnight.testdata.formats;

import java.util.List;

/**
 * A fictional customer's name and address, as JSON texts: with escaped quotation marks, and with
 * letters beyond ASCII both escaped and in UTF-8.
 */
record Address(
    String firstName,
    String lastName,
    String street,
    String city,
    String region,
    String regionCode,
    String postalCode,
    String country,
    String countryCode) {

  private static final List<Address> ALL =
      List.of(
          new Address(
              "Zoë",
              "Nakamura",
              "12 Rue de l\\u2019\\u00c9glise",
              "Montr\\u00e9al",
              "Qu\\u00e9bec",
              "QC",
              "H2X 1Y4",
              "Canada",
              "CA"),
          new Address(
              "Robert \\\"Bo\\\"",
              "O'Hara",
              "1400 Juniper Ave\\nUnit 7",
              "Springfield",
              "Ohio",
              "OH",
              "45501",
              "United States",
              "US"),
          new Address(
              "Łucja",
              "Dąbrowska",
              "77 Harbor Street, Suite \\\"C\\\"",
              "Portland",
              "Maine",
              "ME",
              "04101",
              "United States",
              "US"),
          new Address(
              "Jos\\u00e9",
              "Ib\\u00e1\\u00f1ez",
              "9 Camino Peña",
              "Española",
              "New Mexico",
              "NM",
              "87532",
              "United States",
              "US"),
          new Address(
              "梅",
              "Chen",
              "300 Lakeshore Blvd \\ud83d\\udc3e",
              "Toronto",
              "Ontario",
              "ON",
              "M5V 2T6",
              "Canada",
              "CA"),
          new Address(
              "Alice",
              "Moreau",
              "5 Mill Lane",
              "Burlington",
              "Vermont",
              "VT",
              "05401",
              "United States",
              "US"));

  static Address of(long customer) {
    return ALL.get((int) (customer % ALL.size()));
  }

  String name() {
    return firstName + " " + lastName;
  }
}
