package fortnight.pipelines;

import java.util.List;

/** Files, read whole. */
record FileInput(List<InputFile> files) implements Input {
  @Override
  public boolean isBounded() {
    return true;
  }
}
