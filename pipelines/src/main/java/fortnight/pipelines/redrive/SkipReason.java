package fortnight.pipelines.redrive;

/** Why a message is not sent back. */
enum SkipReason {
  FILTERED("filtered out", "by --reason, --since, --before"),
  REDRIVEN("failed again", "after it was sent back; --again sends it"),
  SENT_BEFORE("sent back before", "by an earlier redrive"),
  SAME_SOURCE("same record again", "one source is sent once"),
  TOO_LARGE("too large", "only the beginning is kept"),
  LOST_OFFSETS("lost offsets", "their records were deleted before they were read"),
  NOTE("notes", "of what was sent back before"),
  NO_LETTER("not a dead letter", "");

  private final String title;
  private final String remark;

  SkipReason(String title, String remark) {
    this.title = title;
    this.remark = remark;
  }

  String title() {
    return title;
  }

  String remark() {
    return remark;
  }
}
