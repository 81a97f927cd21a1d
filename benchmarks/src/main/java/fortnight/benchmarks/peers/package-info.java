/** The same analyses written with other tools, as the guides of those tools teach it. */
package fortnight.benchmarks.peers;
