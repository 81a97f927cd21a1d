package fortnight.transforms.avro;

import org.apache.avro.Schema;

/** Parses schemas, and finds the ends of data. */
public final class AvroData {
  /** Avro's messages can contain a whole schema. */
  private static final int MAX_MESSAGE_LENGTH = 300;

  private AvroData() {}

  /**
   * Parses a schema. Names may contain any characters, as other languages write them.
   *
   * @param json the schema as written in JSON
   * @throws MalformedAvroException if it is not valid
   */
  public static Schema parseSchema(String json) throws MalformedAvroException {
    try {
      return new Schema.Parser().setValidate(false).setValidateDefaults(false).parse(json);
    } catch (RuntimeException | StackOverflowError e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new MalformedAvroException(
          "has a schema that is not valid: "
              + (message.length() > MAX_MESSAGE_LENGTH
                  ? message.substring(0, MAX_MESSAGE_LENGTH) + "…"
                  : message));
    }
  }

  /**
   * Returns the index after the datum that begins at {@code array[from]} and ends before {@code
   * array[to]}.
   *
   * @throws MalformedAvroException if the bytes do not match the schema
   */
  public static int endOfDatum(Schema schema, byte[] array, int from, int to)
      throws MalformedAvroException {
    DatumInput in = new DatumInput(array, from, to);
    new DatumSkipper(in).skip(schema);
    return in.position();
  }
}
