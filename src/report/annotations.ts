/** Workflow commands by which CI systems of GitHub's kind show findings beside the lines of a file. */

export type Annotation = {
  level: 'error' | 'warning' | 'notice';
  /** File of the repository, and line in it where there is one. */
  file?: string;
  line?: number;
  title: string;
  message: string;
};

/** Text of a workflow command; what would end it, or begin another, is escaped. */
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** One line to print. */
export function annotationLine({ level, file, line, title, message }: Annotation): string {
  const properties = { file, line: line === undefined ? undefined : String(line), title };
  const list = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeProperty(value)}`]
  );
  return `::${level} ${list.join(',')}::${escapeData(message)}`;
}
