package fortnight.pipelines;

/**
 * The JSON of a row, made when it is asked for: rows wait in large numbers, and their JSON takes
 * several times the memory of what it says.
 */
@FunctionalInterface
interface Line {
  String json();

  /** About so many characters. */
  default int size() {
    return 250;
  }

  /** One that was made already. */
  static Line of(String json) {
    return new Line() {
      @Override
      public String json() {
        return json;
      }

      @Override
      public int size() {
        return json.length();
      }
    };
  }
}
