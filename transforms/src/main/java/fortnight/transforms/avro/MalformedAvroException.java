package fortnight.transforms.avro;

/**
 * Thrown if a record cannot be decoded: its bytes do not match their schema, or the schema is
 * unknown. The message completes "the record: …".
 */
public final class MalformedAvroException extends Exception {
  private static final long serialVersionUID = 1;

  public MalformedAvroException(String message) {
    // No stack trace, for speed: such records are data, and may be numerous.
    super(message, null, false, false);
  }
}
