package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;

/**
 * Payloads that were read together. Beam's cost for each element of a source is large and fixed; a
 * batch pays it once for some hundred records.
 */
public record PayloadBatch(List<Payload> payloads) {

  public static Coder<PayloadBatch> coder() {
    return PayloadBatchCoder.INSTANCE;
  }

  private static final class PayloadBatchCoder extends AtomicCoder<PayloadBatch> {
    private static final long serialVersionUID = 1;

    static final PayloadBatchCoder INSTANCE = new PayloadBatchCoder();

    private static final Coder<List<Payload>> PAYLOADS = ListCoder.of(Payload.coder());

    @Override
    public void encode(PayloadBatch batch, OutputStream out) throws IOException {
      PAYLOADS.encode(batch.payloads, out);
    }

    @Override
    public PayloadBatch decode(InputStream in) throws IOException {
      return new PayloadBatch(PAYLOADS.decode(in));
    }
  }
}
