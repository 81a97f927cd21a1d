package fortnight.transforms.parse;

import fortnight.transforms.Payload;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.RecordFormat;
import java.time.ZoneId;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Parses single records as {@link ParseTransactions} does, without a pipeline. */
public final class RecordParser {
  private final TransactionParser parser;

  private RecordParser(TransactionParser parser) {
    this.parser = parser;
  }

  /** Creates a parser of records of a format, for a business in this time zone. */
  public static RecordParser of(RecordFormat format, ZoneId zone) {
    return new RecordParser(new TransactionParser(format, EventTimes.in(zone), FutureLimit.NONE));
  }

  /**
   * The result of one record: a transaction, or a rejection, or neither if the conditions of the
   * format exclude the record.
   *
   * @param rejection the reason and the message of a dead letter
   */
  public record Result(@Nullable Transaction transaction, @Nullable String rejection) {}

  /** Parses a record that is not blank. */
  public Result parse(Payload record) {
    try {
      return new Result(parser.parse(record).transaction(), null);
    } catch (Rejection e) {
      return new Result(null, e.reason() + ", " + e.getMessage());
    }
  }
}
