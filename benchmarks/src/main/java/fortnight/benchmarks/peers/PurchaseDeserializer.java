package fortnight.benchmarks.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads a message by databind; one that is no purchase is a SerializationException. */
public final class PurchaseDeserializer implements Deserializer<Purchase> {
  private final ObjectReader json = new ObjectMapper().readerFor(Purchase.class);

  @Override
  public Purchase deserialize(String topic, byte[] message) {
    try {
      return json.readValue(message);
    } catch (IOException e) {
      throw new SerializationException("a message of " + topic + " is no purchase", e);
    }
  }
}
