/** Shape of a rotation's YAML file, as editors learn it and as it is checked first. What no schema can say follows in check.ts. */
import { z } from 'zod';

/** Largest share; that of `lead distribute --to NAME=WEIGHT` too. */
export const MOST_WEIGHT = 1000;

/** Largest cap: what the field of the org holds. */
const MOST_CAP = 999_999_999;

/** Lengths of the fields of the org. */
const LENGTHS = { key: 80, name: 80, condition: 4000, hours: 255, zone: 60, queue: 80 };

const condition = (text: string): z.ZodString => z.string().min(1).max(LENGTHS.condition).describe(text);

const hours = z
  .string()
  .min(1)
  .max(LENGTHS.hours)
  .describe('Working hours, such as "Mon-Fri 09:00-17:00, Sat 10:00-12:00", or "always".');

const timeZone = z.string().min(1).max(LENGTHS.zone);

const queueName = z
  .string()
  .regex(
    /^[A-Za-z](?:[0-9A-Za-z]|_(?!_|$))*$/,
    'must be the developer name of a queue: letters, digits and underscores'
  )
  .max(LENGTHS.queue);

const memberSchema = z
  .strictObject({
    queue: queueName.optional().describe('Developer name of a queue that takes leads. Either this or "user".'),
    user: z
      .string()
      .min(1)
      .max(80)
      .optional()
      .describe('Username of a user. Usernames differ between sandboxes; queues do not.'),
    weight: z.int().min(1).max(MOST_WEIGHT).default(1).describe('Share of the leads, beside those of the others.'),
    cap: z.int().min(1).max(MOST_CAP).optional().describe('Most leads in a period.'),
    hours: hours.optional(),
    timeZone: timeZone.optional().describe("Time zone instead of the rotation's, such as Europe/Paris."),
    pausedUntil: z
      .string()
      .min(1)
      .optional()
      .describe('Until then the member gets nothing: a day or a time, such as 2026-12-01 or 2026-12-01T08:00.'),
    criteria: condition('SOQL condition on Lead: which leads the member takes.').optional(),
  })
  .meta({ oneOf: [{ required: ['queue'] }, { required: ['user'] }] });

/** Content of the file. Editors get it as JSON schema, `schemas/rotation.schema.json`. */
export const rotationFileSchema = z
  .strictObject({
    key: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'must begin with a letter and have letters, digits and underscores only')
      .max(LENGTHS.key)
      .describe('Name by which commands know the rotation, such as EMEA_Partners.'),
    name: z.string().min(1).max(LENGTHS.name).describe('Name for people.'),
    active: z.boolean().default(true).describe('Whether it gives leads.'),
    leads: condition('SOQL condition on Lead: which leads it spreads.').optional(),
    balance: z
      .enum(['assigned', 'open-leads'])
      .default('assigned')
      .describe('What members are balanced by: leads that the rotation gave them, or open leads that they own.'),
    period: z.enum(['day', 'week', 'month']).default('day').describe('Length of the period for which caps count.'),
    timeZone: timeZone
      .default('UTC')
      .describe('Time zone such as Europe/Berlin. Periods begin, hours and holidays count by it.'),
    hours: hours.optional(),
    holidays: z
      .array(z.iso.date('must be a day such as 2026-12-25'))
      .max(300)
      .default([])
      .describe('Days on which nobody gets anything.'),
    fallback: queueName.optional().describe('Developer name of the queue for leads that no member can take.'),
    sticky: z
      .array(z.enum(['company', 'email-domain']))
      .default([])
      .describe('By what a lead goes to the partner who had one of the same company before.'),
    neverBackTo: z
      .array(z.enum(['declined', 'pulled-back']))
      .default([])
      .describe('Outcomes after which a member does not get the same lead again.'),
    members: z.array(memberSchema).min(1).describe('Queues and users who take turns.'),
  })
  .meta({ title: 'Rotation of Channel Desk', description: 'How leads are spread over queues and users.' });

/** A file as it was written, with what it leaves out filled in. */
export type RotationFile = z.infer<typeof rotationFileSchema>;

/** A member as it was written. */
export type RotationFileMember = RotationFile['members'][number];

/** The JSON schema that editors use. Files may leave out what has a default. */
export const rotationJsonSchema = (): unknown => z.toJSONSchema(rotationFileSchema, { io: 'input' });
