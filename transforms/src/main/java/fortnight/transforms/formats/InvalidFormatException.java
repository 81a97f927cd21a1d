package fortnight.transforms.formats;

import java.util.List;

/** Reports all mistakes of a format at once. */
public final class InvalidFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final List<String> mistakes;

  public InvalidFormatException(List<String> mistakes) {
    super(String.join("; ", mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /** Returns one sentence for each mistake. */
  public List<String> mistakes() {
    return mistakes;
  }
}
