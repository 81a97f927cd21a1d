/** Names of local files: patterns, as a shell expands them, and encoding. */
package fortnight.pipelines.globs;
