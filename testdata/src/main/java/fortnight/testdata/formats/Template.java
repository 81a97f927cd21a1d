package fortnight.testdata.formats;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A JSON text with slots, such as {@code ${id}}, in the layout of a product's documentation: one
 * field per line. The records that it writes have no spaces. Values of slots are inserted as they
 * are; text values must be escaped already, and need quotes around the slot.
 */
final class Template {
  private static final Pattern SLOT = Pattern.compile("\\$\\{(\\w+)}");
  private static final Pattern SPACE_AFTER_NAME = Pattern.compile("^(\"[^\"]*\":) ");

  private final List<byte[]> literals = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final byte[] end;
  private final Map<String, Slot> slots = new HashMap<>();

  /** A template whose slots must all be set before it is used. */
  Template(String json) {
    String compact =
        json.lines()
            .map(line -> SPACE_AFTER_NAME.matcher(line.strip()).replaceFirst("$1"))
            .collect(Collectors.joining());
    Matcher slot = SLOT.matcher(compact);
    int position = 0;
    while (slot.find()) {
      literals.add(compact.substring(position, slot.start()).getBytes(UTF_8));
      names.add(slot.group(1));
      position = slot.end();
    }
    end = compact.substring(position).getBytes(UTF_8);
  }

  private Template(Template other) {
    literals.addAll(other.literals);
    names.addAll(other.names);
    end = other.end;
    slots.putAll(other.slots);
  }

  /** The same template with a constant in a slot. */
  Template with(String name, String constant) {
    return withSlot(name, (record, transaction, line) -> record.put(constant));
  }

  /** The same template with a value of the transaction in a slot. */
  Template with(String name, Value value) {
    return withSlot(
        name, (record, transaction, line) -> record.put(String.valueOf(value.of(transaction))));
  }

  /** The same template with a value of the line item in a slot. */
  Template with(String name, LineValue value) {
    return withSlot(
        name,
        (record, transaction, line) -> record.put(String.valueOf(value.of(transaction, line))));
  }

  /** The same template with all line items in a slot, separated by commas. */
  Template withLineItems(String name, Template lineItem) {
    return withSlot(
        name,
        (record, transaction, unused) -> {
          for (int line = 0; line < transaction.purchase().lineItems(); line++) {
            if (line > 0) {
              record.put(',');
            }
            lineItem.write(record, transaction, line);
          }
        });
  }

  private Template withSlot(String name, Slot slot) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException("${" + name + "} is not in the template");
    }
    Template copy = new Template(this);
    copy.slots.put(name, slot);
    return copy;
  }

  /** Writes a record. Slots of a line item get the first one. */
  void write(Transaction transaction, RecordBuffer record) {
    write(record, transaction, 0);
  }

  private void write(RecordBuffer record, Transaction transaction, int line) {
    for (int i = 0; i < names.size(); i++) {
      record.put(literals.get(i));
      slots.get(names.get(i)).write(record, transaction, line);
    }
    record.put(end);
  }

  /** A value of a transaction. */
  @FunctionalInterface
  interface Value {
    Object of(Transaction transaction);
  }

  /** A value of a line item. */
  @FunctionalInterface
  interface LineValue {
    Object of(Transaction transaction, int line);
  }

  @FunctionalInterface
  private interface Slot {
    void write(RecordBuffer record, Transaction transaction, int line);
  }
}
