/** A finding in words for a screen. */
import { sizeOf } from '../words.js';
import type { Screen } from './machine.js';

const STEPS = {
  1: 'Step 1 of 3: sharing rules',
  2: 'Step 2 of 3: folders',
  3: 'Step 3 of 3: everything else',
} as const;

/** Lines of the screen. */
export function linesOf({ item, step, number, of }: Screen): string[] {
  const { finding, before } = item;
  const lines = [
    `${STEPS[step]}, ${number} of ${of}`,
    '',
    finding.source.label,
    `  gives ${finding.access} to ${finding.target}`,
    `  reaches ${sizeOf(finding)}`,
    ...finding.chains.slice(0, 5).map((chain) => `  way: ${chain.slice(1).join(' → ')}`),
    ...(finding.chains.length > 5 ? [`  and ${finding.chains.length - 5} more ways`] : []),
    `  fix: ${finding.fix.text}`,
    `  suggested: ${finding.suggestion.decision}. ${finding.suggestion.reason}`,
  ];
  if (before) {
    const changes = before.differences.map(({ field, was, is }) => `${field} was ${was}, is ${is}`);
    lines.push(`  decided before as ${before.decision}; it has changed since: ${changes.join('; ')}`);
  }
  return lines;
}
