/**
 * Which graph the flags ask for: read, parse, measure, write. Knows the transforms and Beam's IOs;
 * no runner at compile time.
 */
package fortnight.pipelines;
