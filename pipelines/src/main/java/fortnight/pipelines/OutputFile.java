package fortnight.pipelines;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * A file to write: whole, or not at all.
 *
 * @param path its final name
 * @param temporary the directory beside it for what is not yet finished
 */
record OutputFile(String path, String temporary) implements Serializable {

  /** The file of this path, written by the run of this id. */
  static OutputFile of(String path, String runId) {
    ResourceId directory = FileSystems.matchNewResource(path, false).getCurrentDirectory();
    return new OutputFile(
        path,
        directory
            .resolve(".fortnight-" + runId, StandardResolveOptions.RESOLVE_DIRECTORY)
            .toString());
  }

  /** A new temporary file, unlike any other. */
  ResourceId newTemporary() {
    return FileSystems.matchNewResource(temporary, true)
        .resolve(UUID.randomUUID().toString(), StandardResolveOptions.RESOLVE_FILE);
  }

  /** Gives a finished temporary file its final name, whatever had that name before. */
  void finish(ResourceId finished) throws IOException {
    FileSystems.rename(
        List.of(finished),
        List.of(FileSystems.matchNewResource(path, false)),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** What went wrong with this file, in words for the user. */
  IOException cannotWrite(IOException e) {
    return new IOException("cannot write " + path + ": " + e.getMessage(), e);
  }

  /** Finds out, before there is anything to lose, whether files can be written here. */
  void probe() throws IOException {
    ResourceId probe = newTemporary();
    FileSystems.create(probe, MimeTypes.TEXT).close();
    FileSystems.delete(List.of(probe));
  }

  /** Removes the temporary directory and all that a run left there. */
  void cleanUp() throws IOException {
    ResourceId directory = FileSystems.matchNewResource(temporary, true);
    String everything = directory.resolve("*", StandardResolveOptions.RESOLVE_FILE).toString();
    for (MatchResult match : FileSystems.match(List.of(everything))) {
      if (match.status() == MatchResult.Status.OK) {
        FileSystems.delete(
            match.metadata().stream().map(MatchResult.Metadata::resourceId).toList(),
            StandardMoveOptions.IGNORE_MISSING_FILES);
      }
    }
    FileSystems.delete(List.of(directory), StandardMoveOptions.IGNORE_MISSING_FILES);
  }
}
