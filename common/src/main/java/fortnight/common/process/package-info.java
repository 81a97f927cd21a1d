/** Processes on this machine: their ports, temporary directories, and how they end. */
package fortnight.common.process;
