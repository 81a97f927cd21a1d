package fortnight.pipelines.files;

import fortnight.pipelines.runner.RunnerSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * Gives all finished files of a run their final names. It fails before the first of them if an
 * input file has changed, and names those that are already of this run if a later one fails.
 */
final class NameFilesFn extends DoFn<KV<Integer, Iterable<KV<String, String>>>, Void> {
  private final Map<String, OutputFile> files;
  private final List<InputFile> input;

  NameFilesFn(Map<String, OutputFile> files, List<InputFile> input) {
    this.files = new HashMap<>(files);
    this.input = new ArrayList<>(input);
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<KV<String, String>>> finished, PipelineOptions options) {
    try {
      name(finished);
    } catch (IOException e) {
      // Another attempt would find the temporary files gone, and the input still changed.
      throw RunnerSupport.of(options).withoutRestart(new UncheckedIOException(e));
    }
  }

  void name(KV<Integer, Iterable<KV<String, String>>> finished) throws IOException {
    Map<String, String> temporaries = new TreeMap<>();
    finished.getValue().forEach(file -> temporaries.put(file.getKey(), file.getValue()));
    if (!temporaries.keySet().equals(files.keySet())) {
      throw new IOException("not all result files are complete: " + temporaries.keySet());
    }
    checkInput();
    List<String> named = new ArrayList<>();
    for (Map.Entry<String, String> temporary : temporaries.entrySet()) {
      OutputFile file = files.get(temporary.getKey());
      try {
        file.finish(FileSystems.matchNewResource(temporary.getValue(), false));
      } catch (IOException e) {
        throw named.isEmpty()
            ? file.cannotWrite(e)
            : new IOException(
                file.cannotWrite(e).getMessage()
                    + "; of this run are "
                    + String.join(", ", named)
                    + ", other result files are of an earlier one",
                e);
      }
      named.add(file.path());
    }
  }

  private void checkInput() throws IOException {
    try {
      input.parallelStream()
          .forEach(
              file -> {
                try {
                  file.checkUnchanged();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
