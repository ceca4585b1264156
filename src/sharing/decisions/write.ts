/** Writes a decisions file: always in the same order, so that a change in git shows what was decided and nothing else. */
import { Document, Scalar, type YAMLMap } from 'yaml';
import { DECISIONS_FORMAT, type DecisionEntry, type DecisionsFile } from './format.js';

const HEAD = ` Decisions about who from outside the company may reach what.
 A decision is keep (with a reason), convert (sharing apply carries it out), defer (put off) or open (nobody has decided).
 The fields finding, about and digest describe the finding. Do not edit them: a decision about something else is refused.`;

/** Text of the file. */
export function formatDecisions({ org, writtenAt, entries, notFound }: DecisionsFile): string {
  const content = {
    format: DECISIONS_FORMAT,
    org: { id: org.id, domain: org.domain, kind: org.kind },
    writtenAt,
    decisions: Object.fromEntries(sorted(entries)),
    ...(notFound.length > 0 ? { notFound: Object.fromEntries(sorted(notFound)) } : {}),
  };
  const document = new Document(content, { aliasDuplicateObjects: false });
  document.commentBefore = HEAD;
  const decisions = document.get('decisions') as YAMLMap<Scalar>;
  for (const pair of decisions.items.slice(1)) pair.key.spaceBefore = true;
  return document.toString({ lineWidth: 0 });
}

/** By key; within one kind that is by object and name. */
function sorted(entries: readonly DecisionEntry[]): Array<[string, object]> {
  return [...entries]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, decision, reason, by, finding, about, digest }) => [
      key,
      {
        decision,
        ...(reason === undefined ? {} : { reason }),
        ...(by === undefined ? {} : { by }),
        finding,
        about: {
          kind: about.kind,
          object: about.object,
          target: about.target,
          access: about.access,
          paths: about.paths,
          fix: about.fix,
        },
        digest: quoted(digest),
      },
    ]);
}

/** A digest of digits alone must not be read as a number. */
function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}
