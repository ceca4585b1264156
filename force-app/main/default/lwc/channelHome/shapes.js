/** From what the org answers to what the home page shows. Pure. */
import { fill, timeText } from 'c/desk';
import { LABELS } from './labels';

/** Width of the plot in its own units. */
const WIDTH = 700;

const PARTNERS = { apiName: 'Channel_Partners', link: LABELS.GO_PARTNERS };
const ROTATIONS = { apiName: 'Channel_Rotations', link: LABELS.GO_ROTATIONS };
const FINDINGS = { apiName: 'Channel_Sharing', link: LABELS.GO_FINDINGS };
const LEADS = { objectApiName: 'Lead', link: LABELS.GO_LEADS };
const ACCOUNTS = { objectApiName: 'Account', link: LABELS.GO_ACCOUNTS };

const STATES = { Live: LABELS.LIVE, DownForMaintenance: LABELS.OFFLINE, UnderConstruction: LABELS.PREVIEW };

/** Nobody judged yet. */
export const NOBODY = { able: 0, unable: 0, unknown: 0, reasons: {} };

/** What two parts of the users are together. */
export const sumOf = (one, other) => {
  const reasons = { ...one.reasons };
  Object.entries(other.reasons).forEach(([brief, users]) => {
    reasons[brief] = (reasons[brief] ?? 0) + users;
  });
  return {
    able: one.able + other.able,
    unable: one.unable + other.unable,
    unknown: one.unknown + other.unknown,
    reasons,
  };
};

/** Figures with their names; what the org does not tell this user is said in words. */
export const figuresOf = (status, ready) =>
  [
    [LABELS.PARTNERS, status.partners],
    [LABELS.ABLE, ready.able],
    [LABELS.UNABLE, ready.unable],
    [LABELS.UNTOUCHED, status.untouchedLeads],
    [LABELS.QUEUED, status.queuedLeads],
    [LABELS.ROTATIONS, status.rotations],
    [LABELS.PAUSED, status.pausedMembers],
    [LABELS.FINDINGS, status.findings],
  ].map(([label, value]) => ({ label, value: value ?? LABELS.NOT_SEEN, isFigure: Number.isInteger(value) }));

/** The reasons that keep most users away, the commonest first. */
const reasonsText = (reasons) =>
  Object.entries(reasons)
    .sort(([, one], [, other]) => other - one)
    .map(([brief, users]) => fill(LABELS.REASON, brief, users))
    .join(', ');

/** What needs attention, each with the page that mends it. */
export const attentionOf = (status, ready) =>
  [
    [status.hasPartners && status.partners === 0, LABELS.FIX_PARTNERS, ACCOUNTS],
    [ready.unable > 0, fill(LABELS.FIX_UNABLE, ready.unable, reasonsText(ready.reasons)), PARTNERS],
    [status.untouchedLeads > 0, fill(LABELS.FIX_UNTOUCHED, status.untouchedLeads), LEADS],
    [status.queuedLeads > 0 && status.rotations === 0, fill(LABELS.FIX_QUEUED, status.queuedLeads), ROTATIONS],
    [status.pausedMembers > 0, fill(LABELS.FIX_PAUSED, status.pausedMembers), ROTATIONS],
    [status.highFindings > 0, fill(LABELS.FIX_HIGH, status.highFindings), FINDINGS],
    [status.findings > 0 && !status.highFindings, fill(LABELS.FIX_FINDINGS, status.findings), FINDINGS],
  ]
    .filter(([isDue]) => isDue)
    .map(([, text, place], at) => ({ key: at, text, ...place }));

/** A bar of those who can take leads, those who cannot, and those of whom it is not known. */
export const plotOf = ({ able, unable, unknown }) => {
  const all = Math.max(1, able + unable + unknown);
  let x = 0;
  const bars = [
    ['able', able],
    ['unable', unable],
    ['unknown', unknown],
  ].map(([style, users]) => {
    const width = (users / all) * WIDTH;
    const bar = { style, x, width };
    x += width;
    return bar;
  });
  return { bars, words: fill(LABELS.PLOT, able, unable, unknown) };
};

export const runRows = (runs) =>
  runs.map(({ runId, kind, holder, startedAt, isOver }) => ({
    runId,
    text: fill(isOver ? LABELS.RUN_OVER : LABELS.RUN, kind, holder, timeText(startedAt)),
  }));

export const siteRows = (sites) =>
  sites.map(({ name, status, url }) => ({ name, url, state: STATES[status] ?? status, isHidden: !url }));
