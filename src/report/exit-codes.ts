/** Exit codes of commands that write (design: Result). 10 and 20 belong to sf itself. */
export const EXIT = { done: 0, failed: 1, found: 2, partly: 68, running: 69 } as const;

/** The same for a command that checks: what it means that nothing, and that something, was found; and where it also mends. */
export const checkCodeHelp = (
  done: string,
  failed: string,
  found: string,
  mends?: { partly: string; running: string }
): { header: string; body: Array<{ name: string; description: string }> } => ({
  header: 'ERROR CODES',
  body: [
    { name: String(EXIT.done), description: done },
    { name: String(EXIT.failed), description: failed },
    { name: String(EXIT.found), description: found },
    ...(mends
      ? [
          { name: String(EXIT.partly), description: mends.partly },
          { name: String(EXIT.running), description: mends.running },
        ]
      : []),
  ],
});

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
