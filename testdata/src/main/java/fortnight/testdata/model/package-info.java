/** The model of the pet shop: households, what they use up, and the purchases that follow. */
package fortnight.testdata.model;
