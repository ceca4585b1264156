/** What a deploy says about each component. */
import { PlatformError } from '../../errors.js';
import { Problem, type Place, type ProblemType } from '../problem.js';

/** A message of a deploy, as DeployMessage has it. */
export type Message = {
  componentType: string;
  fullName: string;
  fileName: string;
  success: boolean;
  created: boolean;
  changed: boolean;
  deleted: boolean;
  id?: string;
  problem?: string;
  problemType?: ProblemType;
  lineNumber?: number;
  columnNumber?: number;
};

/** What a message is about. */
export type Subject = Pick<Message, 'componentType' | 'fullName' | 'fileName'>;

/** A component that was written or removed. */
export const done = (subject: Subject, told: Partial<Message> = {}): Message => ({
  ...subject,
  success: true,
  created: false,
  changed: false,
  deleted: false,
  ...told,
});

const placed = (place: Place | undefined): Partial<Message> =>
  place ? { lineNumber: place.line, columnNumber: place.column } : {};

/** A component that was refused. Anything but a refusal goes on. */
export const refused = (subject: Subject, error: unknown): Message => {
  if (!(error instanceof Problem) && !(error instanceof PlatformError)) throw error;
  const place = error instanceof Problem ? placed(error.place) : {};
  return done(subject, { success: false, problem: error.message, problemType: 'Error', ...place });
};

/** A deletion of what is not there. It is worth a warning, and never fails a deploy. */
export const warned = (subject: Subject, problem: string): Message =>
  done(subject, { problem, problemType: 'Warning' });
