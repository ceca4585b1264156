/** How much is asked for at once (platform-facts H). */

/** Rows up to which the REST query is used; above, a Bulk query is faster and costs fewer calls. */
export const REST_ROWS = 10_000;

/** Ids that fit into the address of one query, of 16,384 bytes. */
export const IDS_A_QUERY = 400;

/** What a query may take of an address of 16,384 bytes with the headers; Bulk queries are sent in a body. */
export const ADDRESS_CHARS = 14_000;
