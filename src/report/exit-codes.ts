/** Exit codes of commands that write (design: Result). 10 and 20 belong to sf itself. */
export const EXIT = { done: 0, failed: 1, found: 2, partly: 68, running: 69 } as const;

/** The table of exit codes for a command's help. `text` gives the words of a message key. */
export function exitCodeHelp(text: (key: string) => string): {
  header: string;
  body: Array<{ name: string; description: string }>;
} {
  const keys = ['done', 'failed', 'partly', 'running'] as const;
  return {
    header: 'ERROR CODES',
    body: keys.map((key) => ({ name: String(EXIT[key]), description: text(`exit.${key}`) })),
  };
}
