package fortnight.pipelines.files;

import fortnight.pipelines.files.FileOutput.ResultFile;
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
 * Renames the complete temporary files of a run to their final names. Renames none if a result is
 * missing or an input file has changed. If a rename fails, the error names the files that were
 * already renamed.
 */
final class CommitFilesFn extends DoFn<KV<Integer, Iterable<KV<String, String>>>, Void> {
  private final Map<String, ResultFile> files;
  private final List<InputFile> inputs;

  CommitFilesFn(Map<String, ResultFile> files, List<InputFile> inputs) {
    this.files = new HashMap<>(files);
    this.inputs = new ArrayList<>(inputs);
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<KV<String, String>>> complete, PipelineOptions options) {
    try {
      commit(complete);
    } catch (IOException e) {
      // A retry would fail: temporary files have been renamed, or the input has changed.
      throw RunnerSupport.of(options).withoutRestart(new UncheckedIOException(e));
    }
  }

  void commit(KV<Integer, Iterable<KV<String, String>>> complete) throws IOException {
    Map<String, String> temporaries = new TreeMap<>();
    complete.getValue().forEach(file -> temporaries.put(file.getKey(), file.getValue()));
    if (!temporaries.keySet().equals(files.keySet())) {
      throw new IOException("not all result files are complete: " + temporaries.keySet());
    }
    checkInputs();
    List<String> committed = new ArrayList<>();
    for (Map.Entry<String, String> temporary : temporaries.entrySet()) {
      OutputFile file = files.get(temporary.getKey()).file();
      try {
        file.finish(FileSystems.matchNewResource(temporary.getValue(), false));
      } catch (IOException e) {
        throw committed.isEmpty()
            ? file.cannotWrite(e)
            : new IOException(
                "%s; %s written by this run, all other result files by an earlier one"
                    .formatted(
                        file.cannotWrite(e).getMessage(),
                        String.join(", ", committed) + (committed.size() == 1 ? " was" : " were")),
                e);
      }
      committed.add(file.path());
    }
  }

  private void checkInputs() throws IOException {
    try {
      inputs.parallelStream()
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
