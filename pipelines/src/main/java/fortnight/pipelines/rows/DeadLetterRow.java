package fortnight.pipelines.rows;

import fortnight.common.Analysis;
import fortnight.transforms.DeadLetter;
import fortnight.transforms.RejectReason;
import fortnight.transforms.Scope;

/** A rejected record, with its reason. */
public record DeadLetterRow(DeadLetter letter) implements ResultRow {
  /** The approximate number of characters of the field names, the reason and the source. */
  private static final int SIZE_WITHOUT_TEXTS = 150;

  @Override
  public String title() {
    return Analysis.DEAD_LETTERS;
  }

  @Override
  public String origin() {
    return letter.origin();
  }

  @Override
  public long position() {
    return letter.position();
  }

  @Override
  public Scope scope() {
    return Scope.SHOP;
  }

  @Override
  public String timing() {
    return "";
  }

  @Override
  public String json() {
    return JsonObject.object(
        fields -> {
          fields
              .field("reason", letter.reason().name())
              .field("message", letter.message())
              .field("source", letter.source());
          if (letter.reason() != RejectReason.LOST_OFFSETS) {
            fields.field(letter.base64() ? "payload_base64" : "payload", letter.payload());
          }
          if (!letter.schema().isEmpty()) {
            fields.field("schema", letter.schema());
          }
          if (letter.redriven()) {
            fields.field("redriven", true);
          }
        });
  }

  @Override
  public int size() {
    return SIZE_WITHOUT_TEXTS
        + letter.message().length()
        + letter.payload().length()
        + letter.schema().length();
  }
}
