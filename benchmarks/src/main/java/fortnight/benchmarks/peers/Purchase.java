package fortnight.benchmarks.peers;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import org.apache.beam.sdk.schemas.JavaFieldSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** A line of the input as databind reads it; Flink and Beam can encode it. */
@DefaultSchema(JavaFieldSchema.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public class Purchase {
  @JsonProperty("transaction_id")
  public long transactionId;

  /** 0 if there is none. */
  @JsonProperty("customer_id")
  public long customerId;

  /** Event time, in milliseconds. */
  @JsonProperty("timestamp")
  @JsonDeserialize(using = ToMillis.class)
  public long timestamp;

  @JsonProperty("line_items")
  public LineItem[] lineItems = {};

  /** One line of a purchase. */
  @DefaultSchema(JavaFieldSchema.class)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public static class LineItem {
    @JsonProperty("item_id")
    public long item;

    @JsonProperty("quantity")
    public long quantity;
  }

  /** Reads a message with databind. */
  public static final class FromBytes implements Deserializer<Purchase> {
    private final ObjectReader json = new ObjectMapper().readerFor(Purchase.class);

    @Override
    public Purchase deserialize(String topic, byte[] message) {
      try {
        return json.readValue(message);
      } catch (IOException e) {
        throw new SerializationException("a message of " + topic + " is not a purchase", e);
      }
    }
  }

  /** Reads a local date-time as milliseconds on the UTC axis. */
  private static final class ToMillis extends StdDeserializer<Long> {
    ToMillis() {
      super(Long.class);
    }

    @Override
    public Long deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return Week.millis(json.getText());
    }
  }
}
