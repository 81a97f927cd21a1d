/**
 * The data model and the transforms on it: parsing, deduplication, slices, tumbling and sliding
 * volumes. Depends on Beam core and Jackson only; contains no I/O, runner or flags.
 */
package fortnight.transforms;
