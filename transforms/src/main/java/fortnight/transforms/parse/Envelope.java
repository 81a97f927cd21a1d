package fortnight.transforms.parse;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The fields in which Kafka Connect and Debezium wrap a record. */
final class Envelope {
  private static final Set<String> FIELDS = Set.of("schema", "payload", "before", "after");

  private final Set<String> found = new HashSet<>();

  void add(String name) {
    if (FIELDS.contains(name)) {
      found.add(name);
    }
  }

  /** Returns advice for a record in an envelope; empty if it is not in one. */
  String advice() {
    if (found.containsAll(List.of("schema", "payload"))) {
      return "; the record is wrapped in schema and payload: set schemas.enable=false in Kafka"
          + " Connect's JSON converter";
    }
    if (found.contains("before") || found.contains("after")) {
      return "; the record is wrapped in before and after, as Debezium writes changes: unwrap it"
          + " with the transform ExtractNewRecordState";
    }
    return "";
  }
}
