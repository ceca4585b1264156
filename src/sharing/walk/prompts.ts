/** Prompts in the terminal; loaded only where somebody is asked. */
import type { Asker } from './run.js';

/** @param print writes a line */
export async function terminalAsker(print: (line: string) => void): Promise<Asker> {
  const [{ default: select }, { default: input }] = await Promise.all([
    import('@inquirer/select'),
    import('@inquirer/input'),
  ]);
  return {
    show: (lines) => ['', ...lines, ''].forEach(print),
    choose: (message, choices) => select({ message, choices: [...choices], pageSize: 8 }),
    text: (message) => input({ message, validate: (text) => text.trim() !== '' || 'A reason is needed.' }),
  };
}
