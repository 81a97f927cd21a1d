package fortnight.transforms.parse;

import fortnight.transforms.DeadLetter;
import fortnight.transforms.Transaction;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/** The output of {@link ParseTransactions}; each record is in exactly one collection. */
public final class ParsedTransactions implements POutput {
  static final TupleTag<Transaction> TRANSACTIONS = new TupleTag<>("transactions") {};
  static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>("dead letters") {};

  private final PCollectionTuple outputs;

  ParsedTransactions(PCollectionTuple outputs) {
    this.outputs = outputs;
    transactions().setCoder(Transaction.coder());
    deadLetters().setCoder(DeadLetter.coder());
  }

  ParsedTransactions(PCollection<Transaction> transactions, PCollection<DeadLetter> deadLetters) {
    this(PCollectionTuple.of(TRANSACTIONS, transactions).and(DEAD_LETTERS, deadLetters));
  }

  /** Returns the transactions, with event times as timestamps, in the global window. */
  public PCollection<Transaction> transactions() {
    return outputs.get(TRANSACTIONS);
  }

  /** Returns the rejected records. */
  public PCollection<DeadLetter> deadLetters() {
    return outputs.get(DEAD_LETTERS);
  }

  @Override
  public Pipeline getPipeline() {
    return outputs.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return outputs.expand();
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {
    outputs.finishSpecifyingOutput(transformName, input, transform);
  }
}
