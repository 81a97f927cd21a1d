package fortnight.transforms;

/** Why a record is not a transaction. */
public enum RejectReason {
  /** Not one JSON object in UTF-8, or a field that is not of the contract's shape. */
  MALFORMED_JSON,
  /** A required field is absent. */
  MISSING_FIELD,
  /** An id that is neither a string nor an integer. */
  BAD_ID,
  /** A quantity that is not an integer, or is beyond ±(2^53 − 1). */
  BAD_QUANTITY,
  /** Not an ISO-8601 date and time. */
  BAD_TIMESTAMP,
  /** An event time outside the years 1971 to 9999. */
  TIMESTAMP_OUT_OF_RANGE,
  /** More than 1 MiB. */
  TOO_LARGE,
  /** No record: offsets of a topic that were deleted before they were read. */
  LOST_OFFSETS
}
