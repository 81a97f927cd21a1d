package fortnight.pipelines;

import fortnight.transforms.Scope;

/** A row that came through a shuffle or from a temporary file, its JSON made already. */
record StoredRow(String file, String origin, long position, Scope scope, String timing, String json)
    implements Row {
  @Override
  public int size() {
    return json.length();
  }
}
