package fortnight.transforms;

/** The reason why a record is rejected. */
public enum RejectReason {
  /** Not a single JSON object in UTF-8, or a field of the wrong JSON type. */
  MALFORMED_JSON,

  /** Not a row of CSV in the charset of the format with as many fields as there are columns. */
  MALFORMED_CSV,

  /** Does not match its Avro schema, or the schema is unknown, or a field has the wrong type. */
  MALFORMED_AVRO,

  /** A required field is absent, or is an empty field of a CSV row. */
  MISSING_FIELD,

  /** An id is neither a string nor an integer. */
  BAD_ID,

  /** A quantity is not a number, has too many decimals, or is outside ±(2^53 − 1). */
  BAD_QUANTITY,

  /**
   * A price is not a number, has too many decimals, is negative or too large; or a currency is not
   * text.
   */
  BAD_PRICE,

  /** The timestamp is not an ISO 8601 date and time. */
  BAD_TIMESTAMP,

  /** The event time is outside the years 1971 to 9999, or too far in the future. */
  TIMESTAMP_OUT_OF_RANGE,

  /** The record is larger than 1 MiB. */
  TOO_LARGE,

  /** Not a record: offsets of a partition were deleted before they were read. */
  LOST_OFFSETS
}
