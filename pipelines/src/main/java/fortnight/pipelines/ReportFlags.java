package fortnight.pipelines;

import java.util.List;

/**
 * The page that shows a run.
 *
 * @param catalog files that say what items are called; may be none
 */
record ReportFlags(OutputFile page, List<InputFile> catalog) {}
