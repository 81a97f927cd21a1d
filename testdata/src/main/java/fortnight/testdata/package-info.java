/** The command {@code simulate} and its flags. */
package fortnight.testdata;
