package fortnight.transforms;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/**
 * A batch of payloads from one read.
 *
 * <p>Beam's cost per element of a source is large and fixed; a batch amortizes it over several
 * hundred records.
 */
public record PayloadBatch(List<Payload> payloads) {

  public static Coder<PayloadBatch> coder() {
    return PayloadBatchCoder.INSTANCE;
  }

  /**
   * Encodes an origin and a preamble once for successive payloads. Decoded payloads share one
   * array.
   */
  private static final class PayloadBatchCoder extends AtomicCoder<PayloadBatch> {
    private static final long serialVersionUID = 1;

    static final PayloadBatchCoder INSTANCE = new PayloadBatchCoder();

    private static final int REDRIVEN = 1;
    private static final int NEW_ORIGIN = 2;
    private static final int LOST = 4;
    private static final int NEW_PREAMBLE = 8;

    @Override
    public void encode(PayloadBatch batch, OutputStream out) throws IOException {
      Varints.write(batch.payloads.size(), out);
      String origin = "";
      byte[] preamble = {};
      long position = 0;
      int bytes = 0;
      for (Payload payload : batch.payloads) {
        boolean isNewOrigin = !payload.origin().equals(origin);
        boolean isLost = payload.lostOffsets() > 0;
        boolean isNewPreamble = !Arrays.equals(payload.preamble(), preamble);
        out.write(
            (payload.redriven() ? REDRIVEN : 0)
                | (isNewOrigin ? NEW_ORIGIN : 0)
                | (isLost ? LOST : 0)
                | (isNewPreamble ? NEW_PREAMBLE : 0));
        if (isNewOrigin) {
          origin = payload.origin();
          StringUtf8Coder.of().encode(origin, out);
        }
        if (isNewPreamble) {
          preamble = payload.preamble();
          ByteArrayCoder.of().encode(preamble, out);
        }
        Varints.writeSigned(payload.position() - position, out);
        Varints.write(payload.length(), out);
        Varints.write(isLost ? payload.lostOffsets() : payload.size() - payload.length(), out);
        position = payload.position();
        bytes += payload.length();
      }
      Varints.write(bytes, out);
      for (Payload payload : batch.payloads) {
        out.write(payload.array(), payload.from(), payload.length());
      }
    }

    @Override
    public PayloadBatch decode(InputStream in) throws IOException {
      int count = (int) Varints.read(in);
      boolean[] redriven = new boolean[count];
      String[] origins = new String[count];
      byte[][] preambles = new byte[count][];
      long[] positions = new long[count];
      int[] lengths = new int[count];
      long[] sizes = new long[count];
      boolean[] lost = new boolean[count];
      for (int i = 0; i < count; i++) {
        int flags = in.read();
        redriven[i] = (flags & REDRIVEN) != 0;
        lost[i] = (flags & LOST) != 0;
        String previous = i == 0 ? "" : origins[i - 1];
        origins[i] = (flags & NEW_ORIGIN) == 0 ? previous : StringUtf8Coder.of().decode(in);
        byte[] previousPreamble = i == 0 ? new byte[0] : preambles[i - 1];
        preambles[i] =
            (flags & NEW_PREAMBLE) == 0 ? previousPreamble : ByteArrayCoder.of().decode(in);
        positions[i] = (i == 0 ? 0 : positions[i - 1]) + Varints.readSigned(in);
        lengths[i] = (int) Varints.read(in);
        sizes[i] = lengths[i] + Varints.read(in);
      }
      byte[] array = new byte[(int) Varints.read(in)];
      new DataInputStream(in).readFully(array);
      List<Payload> payloads = new ArrayList<>(count);
      int from = 0;
      for (int i = 0; i < count; i++) {
        if (lost[i]) {
          payloads.add(Payload.lostOffsets(origins[i], positions[i], sizes[i]));
          continue;
        }
        Payload payload = new Payload(origins[i], positions[i], array, from, lengths[i], sizes[i]);
        if (preambles[i].length > 0) {
          payload = payload.withPreamble(preambles[i]);
        }
        payloads.add(redriven[i] ? payload.asRedriven() : payload);
        from += lengths[i];
      }
      return new PayloadBatch(payloads);
    }
  }
}
