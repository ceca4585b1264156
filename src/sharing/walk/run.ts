/** Leads through the walk. Who asks is handed in, so that tests can answer. */
import type { DecidedFinding } from '../decisions/merge.js';
import { answer, beginWalk, screenOf, type Answer, type Scope, type Screen, type WalkState } from './machine.js';
import { linesOf } from './screen.js';

export type Choice<T> = { name: string; value: T };

/** The prompts. */
export type Asker = {
  show(lines: readonly string[]): void;
  choose<T extends string>(message: string, choices: ReadonlyArray<Choice<T>>): Promise<T>;
  text(message: string): Promise<string>;
};

export type WalkEnd = { decided: readonly DecidedFinding[]; answered: number; quit: boolean };

type Key = 'keep' | 'convert' | 'defer' | 'back' | 'quit';

/**
 * Asks until the end or until the answer is quit.
 * @param save called after each answer, so that nothing is lost when the window closes
 */
export async function walk(
  decided: readonly DecidedFinding[],
  asker: Asker,
  by?: string,
  save?: (decided: readonly DecidedFinding[]) => Promise<void>
): Promise<WalkEnd> {
  let state: WalkState = beginWalk(decided, by);
  for (let screen = screenOf(state); screen; screen = screenOf(state)) {
    asker.show(linesOf(screen));
    state = answer(state, await ask(asker, screen).catch(quitOnInterrupt));
    await save?.(state.decided);
  }
  return { decided: state.decided, answered: state.answered.size, quit: state.quit };
}

async function ask(asker: Asker, screen: Screen): Promise<Answer> {
  const key = await asker.choose<Key>('What shall happen?', choicesOf(screen));
  if (key === 'back' || key === 'quit') return { do: key };
  const scope = await askScope(asker, screen);
  if (key !== 'keep') return { do: 'decide', decision: key, scope };
  return { do: 'decide', decision: key, scope, reason: await asker.text('Why is it kept?') };
}

/** Ctrl-C at a prompt is quit: what was decided is saved already. */
function quitOnInterrupt(error: Error): Answer {
  if (error.name === 'ExitPromptError') return { do: 'quit' };
  throw error;
}

function choicesOf({ item, canGoBack }: Screen): Array<Choice<Key>> {
  const { fix, suggestion } = item.finding;
  const convert = fix.kind === 'by-hand' ? 'Close it by hand' : 'Convert';
  const choices: Array<Choice<Key>> = [
    { name: `${convert}, as the fix says`, value: 'convert' },
    { name: 'Keep: people from outside shall have this (asks for a reason)', value: 'keep' },
    { name: 'Defer: decide later', value: 'defer' },
    ...(canGoBack ? [{ name: 'Back to the one before', value: 'back' } as const] : []),
    { name: 'Quit; what was decided is saved, the rest comes next time', value: 'quit' },
  ];
  // What is suggested stands first.
  return choices.sort((a, b) => Number(b.value === suggestion.decision) - Number(a.value === suggestion.decision));
}

async function askScope(asker: Asker, { alike, item }: Screen): Promise<Scope> {
  const { target, object, kind } = item.finding;
  const choices: Array<Choice<Scope>> = [{ name: 'Only this one', value: 'one' }];
  if (alike.target > 1) choices.push({ name: `All ${alike.target} of this kind for ${target}`, value: 'target' });
  if (alike.object > 1) choices.push({ name: `All ${alike.object} of this kind on ${object}`, value: 'object' });
  return choices.length === 1 ? 'one' : asker.choose(`For which findings of the kind ${kind}?`, choices);
}
