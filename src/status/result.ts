import { z } from 'zod';

/** A part of the status that could be read, or why not. */
const section = <T extends z.ZodType>(content: T) =>
  z.union([
    z.object({ known: z.literal(true), value: content }),
    z.object({ known: z.literal(false), reason: z.string() }),
  ]);

const count = z.number().int();

export const statusSchema = z.object({
  org: z.object({
    id: z.string(),
    name: z.string(),
    domain: z.string(),
    kind: z.enum(['production', 'sandbox', 'scratch', 'developer', 'trial']),
    edition: z.string(),
    instance: z.string(),
    username: z.string(),
    createdDate: z.string(),
  }),
  /**
   * `digitalExperiences`: the Network object answers. `partnerFields`: Account has IsPartner; that is so with partner
   * relationship management, and also with Digital Experiences and partner licences alone (platform-facts A1).
   */
  settings: section(z.object({ digitalExperiences: z.boolean(), partnerFields: z.boolean() })),
  /** The switch of partner relationship management, as the settings have it. */
  prm: section(z.object({ enabled: z.boolean() })),
  licences: section(
    z.array(z.object({ name: z.string(), key: z.string(), status: z.string(), total: count, used: count, left: count }))
  ),
  partnerAccounts: section(z.object({ partner: count, withPartnerUsers: count })),
  partnerUsers: section(z.object({ active: count, neverLoggedIn: count, inactive: count })),
  sites: section(z.array(z.object({ name: z.string(), status: z.string(), path: z.string(), members: count }))),
  leads: section(z.object({ open: count, inQueues: count, converted: count })),
  queues: section(z.array(z.object({ id: z.string(), name: z.string(), takesLeads: z.boolean(), openLeads: count }))),
  /** Leads that somebody took from a queue for himself, in the last seven days. */
  claims: section(z.array(z.object({ queueId: z.string(), queue: z.string(), user: z.string(), leads: count }))),
  /** How `lead reassign --notify` mails new owners: by the Apex of the package, or by an e-mail alert where it is not there. */
  mails: section(z.object({ route: z.enum(['apex', 'alert']) })),
  openRuns: z.array(z.string()),
});

export type Status = z.infer<typeof statusSchema>;

/** Content of a section, or why it is not known. */
export type Section<T> = { known: true; value: T } | { known: false; reason: string };
