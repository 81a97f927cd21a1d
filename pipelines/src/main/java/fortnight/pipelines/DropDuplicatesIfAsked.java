package fortnight.pipelines;

import fortnight.transforms.Transaction;
import fortnight.transforms.duplicates.DropDuplicates;
import fortnight.transforms.volumes.ComparisonWindows;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/**
 * Lets of transactions with one id only the first through, if that is asked for. In a stream an id
 * is known for as long as a second one could still be counted.
 */
final class DropDuplicatesIfAsked
    extends PTransform<PCollection<Transaction>, PCollection<Transaction>> {
  private final Optional<Duration> within;
  private final Duration horizon;

  private DropDuplicatesIfAsked(Optional<Duration> within, Duration horizon) {
    this.within = within;
    this.horizon = horizon;
  }

  static DropDuplicatesIfAsked within(Optional<Duration> within, ComparisonWindows windows) {
    return new DropDuplicatesIfAsked(within, windows.every().plus(windows.sliceLateness()));
  }

  @Override
  public PCollection<Transaction> expand(PCollection<Transaction> transactions) {
    return within.isEmpty()
        ? transactions
        : transactions.apply("Drop", DropDuplicates.within(within.get()).keepingFor(horizon));
  }
}
