package fortnight.pipelines.propose;

import fortnight.transforms.formats.FieldPath;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of fields, and what their words mean. */
final class FieldNames {
  private static final Pattern WORD_END =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern EDGES = Pattern.compile("^_+|_+$");

  /** Names that mean something only together with the object that they are in. */
  private static final Set<String> GENERIC =
      Set.of("id", "uuid", "guid", "number", "name", "amount", "count", "email", "code", "total");

  /** Objects that contain a record, rather than being a part of it. */
  private static final Set<String> ENVELOPES =
      Set.of("data", "payload", "body", "detail", "properties", "record", "object", "attributes");

  private static final Set<String> TIME_WORDS =
      Set.of(
          "time",
          "date",
          "datetime",
          "at",
          "ts",
          "timestamp",
          "created",
          "updated",
          "modified",
          "epoch",
          "placed",
          "ordered",
          "purchased",
          "paid");

  private static final Set<String> PERSON_WORDS =
      Set.of(
          "customer",
          "client",
          "user",
          "buyer",
          "member",
          "loyalty",
          "account",
          "shopper",
          "patron",
          "guest",
          "card",
          "subscriber",
          "visitor");

  private static final Set<String> KEY_WORDS =
      Set.of("id", "key", "no", "nr", "number", "code", "hash", "email", "name");

  private static final Set<String> MONEY_WORDS =
      Set.of(
          "price",
          "amount",
          "total",
          "subtotal",
          "cost",
          "revenue",
          "sales",
          "value",
          "net",
          "gross",
          "cents",
          "minor",
          "money");

  /** Numbers that are neither quantities nor money. */
  private static final Set<String> OTHER_WORDS =
      Set.of(
          "tax",
          "vat",
          "discount",
          "fee",
          "tip",
          "rate",
          "percent",
          "percentage",
          "id",
          "no",
          "nr",
          "number",
          "index",
          "position",
          "line",
          "row",
          "rank",
          "version",
          "year",
          "month",
          "day",
          "week",
          "hour",
          "zip",
          "postal",
          "postcode",
          "phone",
          "lat",
          "latitude",
          "lon",
          "longitude",
          "code",
          "last4",
          "ip",
          "age");

  private FieldNames() {}

  /** Returns whether the name of a field is that of an id of anything: store_id, sessionId. */
  static boolean isNamedId(FieldPath path) {
    return of(path).endsWith("_id") && !FieldRole.CUSTOMER.accepts(path);
  }

  /** Returns whether a field is named as the id of a transaction: order_id, InvoiceID. */
  static boolean isNamedIdOfTransaction(FieldPath path) {
    return FieldRole.ID.accepts(path) && of(path).endsWith("_id");
  }

  /** Returns whether a field is named as the id of a customer: customer_id, userId. */
  static boolean isNamedIdOfCustomer(FieldPath path) {
    return FieldRole.CUSTOMER.accepts(path) && of(path).endsWith("_id");
  }

  /** Returns whether the name of a field can be that of a customer: loyaltyCard, clientKey. */
  static boolean isNamedPerson(FieldPath path) {
    String name = of(path);
    String last = name.substring(name.lastIndexOf('_') + 1);
    return hasWord(path, PERSON_WORDS) && (PERSON_WORDS.contains(last) || KEY_WORDS.contains(last));
  }

  /** Returns whether the name of a field is a name of anything. */
  static boolean isNameOnly(FieldPath path) {
    return of(path).equals("name");
  }

  /** Returns whether the name of a field contains a word for a time. */
  static boolean isNamedTime(FieldPath path) {
    return hasWord(path, TIME_WORDS);
  }

  /** Returns whether the name of a field contains a word for money. */
  static boolean isNamedMoney(FieldPath path) {
    return hasWord(path, MONEY_WORDS);
  }

  /** Returns whether the name of a field is that of a number that is no quantity and no money. */
  static boolean isNamedOtherNumber(FieldPath path) {
    return hasWord(path, OTHER_WORDS) || isNamedTime(path);
  }

  private static boolean hasWord(FieldPath path, Set<String> words) {
    return List.of(of(path).split("_", -1)).stream().anyMatch(words::contains);
  }

  /** Returns whether the name of a field states that an amount is in the minor unit. */
  static boolean isNamedMinor(FieldPath path) {
    return of(path).endsWith("_cents") || of(path).endsWith("_minor");
  }

  /** Returns the name in lower case with underscores, after that of its object if it is generic. */
  static String of(FieldPath path) {
    int last = path.names().size() - 1;
    String name = normalized(path.names().get(last));
    boolean hasObject = last - 1 >= path.itemDepth();
    if (!hasObject || !GENERIC.contains(name)) {
      return name;
    }
    String object = normalized(path.names().get(last - 1));
    return ENVELOPES.contains(object) ? name : object + "_" + name;
  }

  private static String normalized(String name) {
    String words = WORD_END.matcher(name).replaceAll("_");
    String separated = SEPARATORS.matcher(words).replaceAll("_");
    return EDGES.matcher(separated).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
