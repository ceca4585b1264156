/** Since when a lead is with its owner. Pure. */
import type { Evidence, HeldLead, Sources } from './facts.js';

export type Since = {
  at: number;
  /** `modified`: nothing tells when he got it, but nobody can have got it after its last change. */
  source: 'assignment' | 'history' | 'created' | 'modified';
};

/** Between the change of an owner and the record that tells of it. */
const SAME = 10 * 60_000;

/** The moment at which the owner got the lead, or with the source `modified` the latest one at which he can have. */
export function sinceOf(lead: HeldLead, { assigned, noted }: Evidence, { trackedSince }: Sources): Since {
  const recorded = assigned?.to === lead.ownerId ? assigned.at : undefined;
  const seen = noted && (noted.to === '' || noted.to === lead.ownerId) ? noted.at : undefined;
  if (recorded !== undefined && (seen === undefined || seen <= recorded + SAME))
    return { at: recorded, source: 'assignment' };
  if (seen !== undefined) return { at: seen, source: 'history' };
  if (hasNeverMoved(lead, noted !== undefined, trackedSince)) return { at: lead.created, source: 'created' };
  return { at: lead.modified, source: 'modified' };
}

/** A lead that was never changed has the owner that it came with, and so has one of which the history would know better. */
const hasNeverMoved = ({ created, modified }: HeldLead, isNoted: boolean, trackedSince: number | undefined): boolean =>
  modified === created || (!isNoted && trackedSince !== undefined && trackedSince <= created);
