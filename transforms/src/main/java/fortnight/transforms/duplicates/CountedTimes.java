package fortnight.transforms.duplicates;

import fortnight.transforms.Varints;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.joda.time.Duration;

/**
 * The event times of the kept transactions of one id.
 *
 * @param millis event times in milliseconds, ascending; rarely more than one
 */
public record CountedTimes(List<Long> millis) {
  public static final CountedTimes NONE = new CountedTimes(List.of());

  CountedTimes plus(long time) {
    return new CountedTimes(Stream.concat(millis.stream(), Stream.of(time)).sorted().toList());
  }

  /** Returns the times later than {@code time}. */
  CountedTimes after(long time) {
    return new CountedTimes(millis.stream().filter(counted -> counted > time).toList());
  }

  long first() {
    return millis.get(0);
  }

  /** Returns whether any of the times differs from {@code time} by at most {@code within}. */
  boolean anyWithin(long time, Duration within) {
    for (long counted : millis) {
      if (Math.abs(time - counted) <= within.getMillis()) {
        return true;
      }
    }
    return false;
  }

  public static Coder<CountedTimes> coder() {
    return CountedTimesCoder.INSTANCE;
  }

  private static final class CountedTimesCoder extends AtomicCoder<CountedTimes> {
    private static final long serialVersionUID = 1;

    static final CountedTimesCoder INSTANCE = new CountedTimesCoder();

    private static final int VERSION = 1;

    @Override
    public void encode(CountedTimes times, OutputStream out) throws IOException {
      out.write(VERSION);
      Varints.write(times.millis.size(), out);
      for (long time : times.millis) {
        Varints.write(time, out);
      }
    }

    @Override
    public CountedTimes decode(InputStream in) throws IOException {
      Varints.readVersion(VERSION, "CountedTimes", in);
      int size = Math.toIntExact(Varints.read(in));
      List<Long> millis = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        millis.add(Varints.read(in));
      }
      return new CountedTimes(millis);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
