/** Definitions that every module shares. */
package fortnight.common;
