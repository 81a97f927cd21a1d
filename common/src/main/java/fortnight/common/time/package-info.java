/** Local date-times of the business, and their range. */
package fortnight.common.time;
