package fortnight.pipelines;

import fortnight.transforms.Scope;

/** A row that was encoded and decoded, its JSON made already. */
record StoredRow(String file, String origin, long position, Scope scope, String timing, String json)
    implements Row {
  @Override
  public int size() {
    return json.length();
  }
}
