/**
 * The questions of Fortnight, answered as users of other tools would write it: what it is measured
 * against.
 */
package fortnight.benchmarks.peers;
