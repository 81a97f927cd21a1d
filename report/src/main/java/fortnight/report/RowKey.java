package fortnight.report;

import java.util.Optional;

/**
 * Under which rows replace each other.
 *
 * @param item empty: the row is the whole shop's
 */
record RowKey(Result result, Optional<ItemId> item, long start) {}
