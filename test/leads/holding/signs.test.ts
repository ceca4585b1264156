/** When an owner has touched a lead: a table of cases, each worked out by hand. */
import { expect } from 'chai';
import { standingOf, type Evidence, type HeldLead, type Sign, type Sources } from '../../../src/leads/holding/index.js';

const OWNER = '005000000000001AAA';
const OTHER = '005000000000002AAA';
const QUEUE = '00G000000000001AAA';

const at = (text: string): number => Date.parse(`2026-${text}:00Z`);

/** Made on 1 November, given away on the 10th, looked at on the 14th at 13:00: four days and three hours later. */
const CREATED = at('11-01T09:00');
const GIVEN = at('11-10T10:00');
const LATER = at('11-12T08:00');
const NOW = at('11-14T13:00');

const lead = (values: Partial<HeldLead> = {}): HeldLead => ({
  id: '00Q000000000001AAA',
  ownerId: OWNER,
  stamp: '2026-11-10T10:00:00.000Z',
  created: CREATED,
  createdBy: OTHER,
  modified: GIVEN,
  modifiedBy: OTHER,
  unread: true,
  status: 'Open',
  activity: '',
  ...values,
});

const ALL: Sources = { assignments: true, trackedSince: CREATED - 1, tasks: true, events: true, newStatus: 'Open' };
const NOTHING: Sources = { assignments: false, tasks: true, events: false, newStatus: 'Open' };

const given: Evidence = { noted: { at: GIVEN, to: OWNER }, touches: [] };
const touched = (kind: 'activity' | 'change', time: number, by = OWNER): Evidence => ({
  ...given,
  touches: [{ kind, by, at: time }],
});

type Case = {
  what: string;
  lead?: Partial<HeldLead>;
  evidence?: Evidence;
  sources?: Sources;
  ignored?: Sign[];
  verdict: 'untouched' | 'touched' | 'unknown';
  reason: string;
};

const CASES: Case[] = [
  {
    what: 'every sign is missing',
    verdict: 'untouched',
    reason: 'held 4 d 3 h, unread, no activity, not changed, status Open',
  },
  { what: 'the owner has read it', lead: { unread: false }, verdict: 'touched', reason: 'held 4 d 3 h, read' },
  {
    what: 'he has read it, and that does not count',
    lead: { unread: false },
    ignored: ['read'],
    verdict: 'untouched',
    reason: 'held 4 d 3 h, no activity, not changed, status Open',
  },
  {
    what: 'an activity of the owner',
    evidence: touched('activity', LATER),
    verdict: 'touched',
    reason: 'held 4 d 3 h, activity on 2026-11-12',
  },
  {
    what: 'an activity of somebody else',
    evidence: touched('activity', LATER, OTHER),
    verdict: 'untouched',
    reason: 'held 4 d 3 h, unread, no activity, not changed, status Open',
  },
  {
    what: 'an activity of the owner from before he got it',
    evidence: touched('activity', GIVEN - 1),
    verdict: 'untouched',
    reason: 'held 4 d 3 h, unread, no activity, not changed, status Open',
  },
  {
    what: 'a meeting on a later day, of which only the day is known',
    lead: { activity: '2026-11-11' },
    verdict: 'touched',
    reason: 'held 4 d 3 h, activity on 2026-11-11',
  },
  {
    what: 'an activity on the very day, which may have been before',
    lead: { activity: '2026-11-10' },
    verdict: 'untouched',
    reason: 'held 4 d 3 h, unread, no activity, not changed, status Open',
  },
  {
    what: 'tasks cannot be read',
    sources: { ...ALL, tasks: false },
    verdict: 'unknown',
    reason: 'held 4 d 3 h, activities cannot be read',
  },
  {
    what: 'the owner changed it last',
    lead: { modified: LATER, modifiedBy: OWNER },
    verdict: 'touched',
    reason: 'held 4 d 3 h, changed by the owner on 2026-11-12',
  },
  {
    what: 'the history has a change of the owner, behind which somebody else changed it',
    lead: { modified: NOW, modifiedBy: OTHER },
    evidence: touched('change', LATER),
    verdict: 'touched',
    reason: 'held 4 d 3 h, changed by the owner on 2026-11-12',
  },
  {
    what: 'somebody else changed it, and the owner has never opened it',
    lead: { modified: LATER },
    verdict: 'untouched',
    reason: 'held 4 d 3 h, unread, no activity, not changed, status Open',
  },
  {
    what: 'somebody else changed it, and the owner may have before',
    lead: { modified: LATER, unread: false },
    ignored: ['read'],
    verdict: 'unknown',
    reason: 'held 4 d 3 h, somebody else changed it last',
  },
  {
    what: 'he took it himself, which is no change of it',
    lead: { modifiedBy: OWNER, unread: false },
    ignored: ['read'],
    verdict: 'untouched',
    reason: 'held 4 d 3 h, no activity, not changed, status Open',
  },
  {
    what: 'he made it',
    lead: { createdBy: OWNER, modified: CREATED, modifiedBy: OWNER },
    evidence: { touches: [] },
    verdict: 'touched',
    reason: 'held 13 d 4 h, made by the owner',
  },
  {
    what: 'it has left the status of new leads',
    lead: { status: 'Working' },
    verdict: 'touched',
    reason: 'held 4 d 3 h, status Working',
  },
  {
    what: 'it has, and that does not count',
    lead: { status: 'Working' },
    ignored: ['status'],
    verdict: 'untouched',
    reason: 'held 4 d 3 h, unread, no activity, not changed',
  },
  {
    what: 'nobody knows which status new leads have',
    sources: { ...ALL, newStatus: undefined },
    verdict: 'unknown',
    reason: 'held 4 d 3 h, status Open, of which nobody knows',
  },
  {
    what: 'a queue has it: it reads and changes nothing',
    lead: { ownerId: QUEUE, unread: false },
    evidence: { noted: { at: GIVEN, to: QUEUE }, touches: [] },
    verdict: 'untouched',
    reason: 'waited 4 d 3 h, no activity, status Open',
  },
  {
    what: 'without any history the last change is the latest moment',
    sources: NOTHING,
    evidence: { touches: [] },
    verdict: 'untouched',
    reason: 'held at least 4 d 3 h, unread, no activity, not changed, status Open',
  },
  {
    what: 'without any history whatever the owner ever did counts',
    sources: NOTHING,
    evidence: { touches: [{ kind: 'activity', by: OWNER, at: at('11-02T09:00') }] },
    verdict: 'touched',
    reason: 'held at least 4 d 3 h, activity on 2026-11-02',
  },
];

describe('signs that a lead was touched', () => {
  for (const { what, lead: values, evidence = given, sources = ALL, ignored = [], verdict, reason } of CASES) {
    it(what, () => {
      const standing = standingOf(lead(values), evidence, { sources, now: NOW, ignored: new Set(ignored) });
      expect([standing.verdict, standing.reason]).to.deep.equal([verdict, reason]);
    });
  }
});

describe('since when an owner has a lead', () => {
  const since = (evidence: Evidence, values: Partial<HeldLead> = {}, sources = ALL): [string, number] => {
    const standing = standingOf(lead(values), evidence, { sources, now: NOW, ignored: new Set() });
    return [standing.since.source, standing.since.at];
  };

  it('is what was recorded, where nothing later is noted', () => {
    const assigned = { at: GIVEN + 2000, to: OWNER };
    expect(since({ assigned, touches: [] })).to.deep.equal(['assignment', GIVEN + 2000]);
    expect(since({ assigned, ...given })).to.deep.equal(['assignment', GIVEN + 2000]);
  });

  it('is what the history notes, where the lead went away and came back after it was recorded', () => {
    const noted = { at: LATER, to: OWNER };
    expect(since({ assigned: { at: GIVEN, to: OWNER }, noted, touches: [] })).to.deep.equal(['history', LATER]);
  });

  it('is not that of another owner', () => {
    const evidence = { assigned: { at: GIVEN, to: OTHER }, noted: { at: GIVEN, to: OTHER }, touches: [] };
    expect(since(evidence, { modified: LATER })).to.deep.equal(['modified', LATER]);
  });

  it('is the making of the lead where the history would know of a change, or where nobody ever changed it', () => {
    expect(since({ touches: [] })).to.deep.equal(['created', CREATED]);
    expect(since({ touches: [] }, { modified: CREATED }, NOTHING)).to.deep.equal(['created', CREATED]);
    const young = { ...ALL, trackedSince: CREATED + 1 };
    expect(since({ touches: [] }, {}, young)).to.deep.equal(['modified', GIVEN]);
  });
});
