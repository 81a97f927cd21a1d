package fortnight.pipelines;

import fortnight.transforms.Transaction;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/** Lets of transactions with one id only the first through, if that is asked for. */
final class DropDuplicatesIfAsked
    extends PTransform<PCollection<Transaction>, PCollection<Transaction>> {
  private final Optional<Duration> within;

  private DropDuplicatesIfAsked(Optional<Duration> within) {
    this.within = within;
  }

  static DropDuplicatesIfAsked within(Optional<Duration> within) {
    return new DropDuplicatesIfAsked(within);
  }

  @Override
  public PCollection<Transaction> expand(PCollection<Transaction> transactions) {
    if (within.isPresent()) {
      throw new IllegalArgumentException("not yet");
    }
    return transactions;
  }
}
