package fortnight.pipelines;

/** The sections of {@code --help}, in order. */
enum HelpGroup {
  INPUT("Input"),
  OUTPUT("Output"),
  TIME("Time"),
  STREAMS("Streams: topics without --until");

  private final String title;

  HelpGroup(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
