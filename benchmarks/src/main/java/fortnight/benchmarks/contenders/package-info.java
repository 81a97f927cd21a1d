/** The programs that are compared, and how they are run from a file and from a topic. */
package fortnight.benchmarks.contenders;
