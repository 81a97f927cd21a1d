/** Main classes of {@code fortnight.jar}: the launcher, a local broker, and a local cluster. */
package fortnight.runners;
