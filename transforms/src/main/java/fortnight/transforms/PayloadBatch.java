package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/**
 * Payloads that were read together. Beam's cost for each element of a source is large and fixed; a
 * batch pays it once for some hundred records.
 */
public record PayloadBatch(List<Payload> payloads) {

  public static Coder<PayloadBatch> coder() {
    return PayloadBatchCoder.INSTANCE;
  }

  private static final class PayloadBatchCoder extends AtomicCoder<PayloadBatch> {
    static final PayloadBatchCoder INSTANCE = new PayloadBatchCoder();

    @Override
    public void encode(PayloadBatch batch, OutputStream out) throws IOException {
      Varints.write(batch.payloads.size(), out);
      for (Payload payload : batch.payloads) {
        StringUtf8Coder.of().encode(payload.origin(), out);
        Varints.write(payload.position(), out);
        Varints.write(payload.size(), out);
        ByteArrayCoder.of().encode(payload.bytes(), out);
      }
    }

    @Override
    public PayloadBatch decode(InputStream in) throws IOException {
      int count = Math.toIntExact(Varints.read(in));
      List<Payload> payloads = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        String origin = StringUtf8Coder.of().decode(in);
        long position = Varints.read(in);
        long size = Varints.read(in);
        byte[] bytes = ByteArrayCoder.of().decode(in);
        payloads.add(new Payload(origin, position, bytes, 0, bytes.length, size));
      }
      return new PayloadBatch(payloads);
    }
  }
}
