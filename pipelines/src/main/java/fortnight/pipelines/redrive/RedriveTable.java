package fortnight.pipelines.redrive;

import fortnight.pipelines.run.RunTable;

/** What a redrive did, as a table for the terminal. */
public final class RedriveTable {
  private RedriveTable() {}

  public static String of(RedriveRequest request, RedriveCounts counts) {
    StringBuilder table = new StringBuilder();
    RunTable.line(table, "messages read", counts.read(), request.from());
    RunTable.line(
        table,
        request.dryRun() ? "  would be sent back" : "  sent back",
        counts.sent(),
        request.to().toString());
    RunTable.line(table, "  left alone", counts.allLeftAlone(), "");
    counts
        .leftAlone()
        .forEach(
            (cause, count) -> RunTable.line(table, "    " + cause.title(), count, cause.remark()));
    if (request.fromTopic().isEmpty() && !request.dryRun() && counts.sent() > 0) {
      table.append(
          "\nA file keeps no note of this: a second redrive would send all of it again.\n");
    }
    return table.toString();
  }
}
