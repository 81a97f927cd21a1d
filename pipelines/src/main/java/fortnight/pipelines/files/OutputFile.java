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
 * A file that becomes visible under its name when it is complete.
 *
 * @param path the final path
 * @param temporary the directory for incomplete files, in the same directory
 */
public record OutputFile(String path, String temporary) implements Serializable {

  /** Returns the output file of a path; the id of the run makes its temporary directory unique. */
  public static OutputFile of(String path, String runId) {
    ResourceId directory = FileSystems.matchNewResource(path, false).getCurrentDirectory();
    return new OutputFile(
        path,
        directory
            .resolve(".fortnight-" + runId, StandardResolveOptions.RESOLVE_DIRECTORY)
            .toString());
  }

  /** Returns a file of a stream: its directory is this path without the suffix. */
  OutputFile streamFile(String name, String suffix) {
    String directory =
        path.endsWith(suffix) ? path.substring(0, path.length() - suffix.length()) : path;
    return new OutputFile(Paths.resolve(directory, name), temporary);
  }

  /** Returns the path of a new temporary file. */
  public ResourceId newTemporary() {
    return FileSystems.matchNewResource(temporary, true)
        .resolve(UUID.randomUUID().toString(), StandardResolveOptions.RESOLVE_FILE);
  }

  /** Renames a complete temporary file to the final path; replaces an existing file. */
  public void finish(ResourceId complete) throws IOException {
    FileSystems.rename(List.of(complete), List.of(FileSystems.matchNewResource(path, false)));
  }

  /** Returns the failure with a message that names this file. */
  public IOException cannotWrite(IOException e) {
    return new IOException("cannot write " + path + ": " + e.getMessage(), e);
  }

  /** Returns the failure of a worker, after which the runner does not restart the job. */
  RuntimeException cannotWrite(IOException e, PipelineOptions options) {
    return RunnerSupport.of(options).withoutRestart(new UncheckedIOException(cannotWrite(e)));
  }

  /** Creates and deletes a temporary file, to check that files can be written. */
  void checkWritable() throws IOException {
    ResourceId probe = newTemporary();
    FileSystems.create(probe, MimeTypes.TEXT).close();
    FileSystems.delete(List.of(probe));
  }

  /** Deletes the temporary directory and all files in it. */
  public void cleanUp() throws IOException {
    if (!InputFile.isRemote(temporary)) {
      // FileSystems.match would parse special characters of the path as a glob.
      Path directory = Path.of(temporary);
      if (Files.exists(directory)) {
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
      }
      return;
    }
    ResourceId directory = FileSystems.matchNewResource(temporary, true);
    String glob = directory.resolve("*", StandardResolveOptions.RESOLVE_FILE).toString();
    for (MatchResult.Metadata file :
        FileSystems.match(glob, EmptyMatchTreatment.ALLOW).metadata()) {
      FileSystems.delete(List.of(file.resourceId()), StandardMoveOptions.IGNORE_MISSING_FILES);
    }
  }
}
