package fortnight.pipelines;

/** A job on a cluster that is not heard of any more; it may well go on. */
public final class LostSight extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param place which job it is, and where to look for it
   */
  public LostSight(String place, Throwable cause) {
    super("the cluster is not heard of any more; look there whether it goes on: " + place, cause);
  }
}
