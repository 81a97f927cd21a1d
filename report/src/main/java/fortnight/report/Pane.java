package fortnight.report;

import java.util.Arrays;

/** The timing of the pane that emitted a row. */
enum Pane {
  ON_TIME(0, 1),
  /** The window is still open: the row is provisional. */
  EARLY(1, 0),
  /** The window had closed before: the row is a correction. */
  LATE(2, 2);

  private final int code;
  private final int rank;

  Pane(int code, int rank) {
    this.code = code;
    this.rank = rank;
  }

  /** The number that {@code rows.js} reads. */
  int code() {
    return code;
  }

  /** Of two rows with the same version, the row whose pane has the higher rank is used. */
  static int rank(long code) {
    return Arrays.stream(values()).filter(pane -> pane.code == code).findFirst().orElseThrow().rank;
  }

  static Pane of(Fields row) throws BrokenRow {
    String name = row.text("pane");
    return Arrays.stream(values())
        .filter(pane -> pane.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new BrokenRow("pane: " + Cut.to(60, name) + " is none"));
  }
}
