package fortnight.benchmarks.peers;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.apache.beam.sdk.schemas.JavaFieldSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;

/**
 * One line of the input as databind reads it: a plain object that Flink and Beam know how to
 * encode.
 */
@DefaultSchema(JavaFieldSchema.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public class Purchase {
  @JsonProperty("transaction_id")
  public long transactionId;

  /** 0 for a guest. */
  @JsonProperty("customer_id")
  public long customerId;

  /** Event time, in milliseconds. */
  @JsonProperty("timestamp")
  @JsonDeserialize(using = MillisDeserializer.class)
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
}
