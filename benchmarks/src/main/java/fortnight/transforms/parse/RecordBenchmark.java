package fortnight.transforms.parse;

import fortnight.transforms.KeyGroups;
import fortnight.transforms.LineItem;
import fortnight.transforms.ScopeTableCoder;
import fortnight.transforms.Transaction;
import fortnight.transforms.Volume;
import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.volumes.ComparisonWindows;
import fortnight.transforms.volumes.SumBundleFn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.coders.Coder;
import org.joda.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures each step of a record. In this package because the steps are package-private. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RecordBenchmark {
  private List<byte[]> lines;
  private List<Transaction> transactions;
  private byte[] encoded;
  private RecordTimes times;
  private SumBundleFn adding;
  private Coder<Map<fortnight.transforms.Scope, Volume>> tableCoder;
  private Map<fortnight.transforms.Scope, Volume> table;
  private byte[] encodedTable;
  private int next;

  @Setup
  public void setUp() throws Rejection, IOException {
    lines = Samples.lines();
    transactions = Samples.transactions();
    times =
        RecordTimes.in(
            RecordFormat.fortnight(), ZoneOffset.UTC, Duration.standardDays(1), Clock.systemUTC());
    adding =
        new SumBundleFn(ComparisonWindows.weeks(), KeyGroups.few(), SumBundleFn.Counted.NOTHING);
    adding.start();
    encoded = encode(Transaction.coder(), transactions.get(4));
    tableCoder = new ScopeTableCoder<>(Volume.coder());
    table = new HashMap<>();
    for (Transaction transaction : transactions) {
      long time = transaction.timestamp().getMillis();
      for (LineItem lineItem : transaction.lineItems()) {
        table.put(
            fortnight.transforms.Scope.of(lineItem.item()),
            new Volume(0, 1, lineItem.quantity(), time, time));
      }
    }
    encodedTable = encode(tableCoder, table);
  }

  /** Adds to the sums of one bundle, of a hundred products. */
  @Benchmark
  public SumBundleFn addUp() {
    // Emits only at the end of a bundle, or with a thousand times as many sums.
    adding.process(transactions.get(index()), null);
    return adding;
  }

  /** Reads the event time for the watermark of a partition. */
  @Benchmark
  public OptionalLong readEventTime() {
    return times.of(lines.get(index()));
  }

  @Benchmark
  public byte[] encodeTransaction() throws IOException {
    return encode(Transaction.coder(), transactions.get(index()));
  }

  /** A transaction of five line items. */
  @Benchmark
  public Transaction decodeTransaction() throws IOException {
    return Transaction.coder().decode(new ByteArrayInputStream(encoded));
  }

  /** A table of a hundred products. */
  @Benchmark
  public byte[] encodeTable() throws IOException {
    return encode(tableCoder, table);
  }

  /** A table of a hundred products. */
  @Benchmark
  public Map<fortnight.transforms.Scope, Volume> decodeTable() throws IOException {
    return tableCoder.decode(new ByteArrayInputStream(encodedTable));
  }

  private int index() {
    next = (next + 1) % lines.size();
    return next;
  }

  private static <T> byte[] encode(Coder<T> coder, T value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    coder.encode(value, out);
    return out.toByteArray();
  }
}
