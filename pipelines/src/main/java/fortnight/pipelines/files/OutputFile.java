package fortnight.pipelines.files;

import fortnight.pipelines.runner.RunnerSupport;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.MimeTypes;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.io.MoreFiles;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.io.RecursiveDeleteOption;

/**
 * A file to write: whole, or not at all.
 *
 * @param path its final name
 * @param temporary the directory beside it for what is not yet finished
 */
public record OutputFile(String path, String temporary) implements Serializable {

  /** The file of this path, written by the run of this id. */
  public static OutputFile of(String path, String runId) {
    ResourceId directory = FileSystems.matchNewResource(path, false).getCurrentDirectory();
    return new OutputFile(
        path,
        directory
            .resolve(".fortnight-" + runId, StandardResolveOptions.RESOLVE_DIRECTORY)
            .toString());
  }

  /** A file of this name in the directory that bears this file's name without its suffix. */
  OutputFile inItsDirectory(String name) {
    String directory = path.replaceFirst("\\.jsonl$", "");
    return new OutputFile(Paths.resolve(directory, name), temporary);
  }

  /** A new temporary file, unlike any other. */
  public ResourceId newTemporary() {
    return FileSystems.matchNewResource(temporary, true)
        .resolve(UUID.randomUUID().toString(), StandardResolveOptions.RESOLVE_FILE);
  }

  /** Gives a finished temporary file its final name, whatever had that name before. */
  public void finish(ResourceId finished) throws IOException {
    FileSystems.rename(List.of(finished), List.of(FileSystems.matchNewResource(path, false)));
  }

  /** What went wrong with this file, in words for the user. */
  public IOException cannotWrite(IOException e) {
    return new IOException("cannot write " + path + ": " + e.getMessage(), e);
  }

  /** The same for a worker; the runner does not restart the job, since the disk stays full. */
  public RuntimeException cannotWrite(IOException e, PipelineOptions options) {
    return RunnerSupport.of(options).withoutRestart(new UncheckedIOException(cannotWrite(e)));
  }

  /** Finds out, before there is anything to lose, whether files can be written here. */
  void probe() throws IOException {
    ResourceId probe = newTemporary();
    FileSystems.create(probe, MimeTypes.TEXT).close();
    FileSystems.delete(List.of(probe));
  }

  /** Removes the temporary directory and all that a run left there. */
  public void cleanUp() throws IOException {
    if (!temporary.contains("://")) {
      // Not by a glob: the path may hold characters that mean something in one.
      Path directory = Path.of(temporary);
      if (Files.exists(directory)) {
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
      }
      return;
    }
    ResourceId directory = FileSystems.matchNewResource(temporary, true);
    String everything = directory.resolve("*", StandardResolveOptions.RESOLVE_FILE).toString();
    for (MatchResult.Metadata left :
        FileSystems.match(everything, EmptyMatchTreatment.ALLOW).metadata()) {
      FileSystems.delete(List.of(left.resourceId()), StandardMoveOptions.IGNORE_MISSING_FILES);
    }
  }
}
