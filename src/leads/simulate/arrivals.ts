/** Leads that arrive, as a simulation sees them. */

/** `company` and `email` are empty where nothing is known of them. */
export type Arrival = {
  /** Instant, in milliseconds. */
  at: number;
  /** Id in the org, or the number of a lead that was made up. */
  lead: string;
  company: string;
  email: string;
};

/** Where leads come from. It can be gone through more than once. */
export type Arrivals = {
  kind: 'history' | 'synthetic';
  /** In words, for people. */
  text: string;
  leads: Iterable<Arrival>;
};
