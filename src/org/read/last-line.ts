/** What an org says is wrong with a query, without the query: it shows that and points into it before it says more. */
export function lastLine(message: string): string {
  return message.trim().split('\n').at(-1)!.replace(/\.+$/, '');
}
