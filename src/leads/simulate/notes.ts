/** What a simulation cannot know, by the key of its message. */
import type { Rotation } from '../rotation/model.js';
import type { Arrivals } from './arrivals.js';

export type NoteKey = 'inactive' | 'openLeads' | 'criteria' | 'sticky' | 'neverBack';
export type Note = { key: NoteKey; rotation: string; detail: string };

/** Notes about one rotation. */
export function notesOf(rotation: Rotation, { kind }: Pick<Arrivals, 'kind'>): Note[] {
  const { active, balance, sticky, neverBackTo, members, key } = rotation;
  const isMadeUp = kind === 'synthetic';
  const criteria = members.filter((member) => member.criteria !== undefined).length;
  const told: Array<[NoteKey, boolean, string?]> = [
    ['inactive', !active],
    ['openLeads', balance === 'open-leads'],
    ['criteria', isMadeUp && criteria > 0, String(criteria)],
    ['sticky', isMadeUp && sticky.length > 0],
    ['neverBack', neverBackTo.length > 0],
  ];
  return told.flatMap(([note, holds, detail = '']) => (holds ? [{ key: note, rotation: key, detail }] : []));
}
