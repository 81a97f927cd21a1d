package fortnight.report;

import java.util.Arrays;

/** By which pane a row came. */
enum Pane {
  ON_TIME(0),
  /** Known so far: its window is still open. */
  EARLY(1),
  /** Corrected after its window had closed. */
  LATE(2);

  private final int code;

  Pane(int code) {
    this.code = code;
  }

  /** As {@code rows.js} knows it. */
  int code() {
    return code;
  }

  static Pane of(Fields row) throws BrokenRow {
    String name = row.text("pane");
    return Arrays.stream(values())
        .filter(pane -> pane.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new BrokenRow("pane: " + Cut.to(60, name) + " is none"));
  }
}
