/**
 * Questions about the platform that nobody has verified (`[?]`, `[M]` and `[D]` in platform-facts). The practice org
 * answers each either way, so that commands can be tested under both.
 */
import { PlatformError } from './errors.js';
import type { Variants } from './contracts.js';

type Question = { fact: string; answers: readonly [string, ...string[]] };

/** Every open question with its answers; the first answer is what the org does unless told otherwise. */
export const QUESTIONS = {
  /** A new lead or case owner without read permission on the object. */
  transferRequiresRead: { fact: 'D, TRANSFER_REQUIRES_READ', answers: ['enforced', 'ignored'] },
  /** Whether `triggerUserEmail` on an owner change sends a mail to an internal owner. */
  ownerMail: { fact: 'Addenda, EmailHeader', answers: ['sent', 'silent'] },
  /** The same for an owner who is a partner user. */
  ownerMailToPartner: { fact: 'D1, UI API', answers: ['sent', 'silent'] },
  /** Whether an assignment rule mails by its template for every API save, or only where the save asks for mail. */
  assignmentMail: { fact: 'D1, KB 000384839', answers: ['sent', 'asked'] },
  /** Whether setting Account.IsPartner already asks that the owner has a role, or only the first portal user does. */
  isPartnerOwnerRole: { fact: 'C1', answers: ['unchecked', 'checked'] },
  /** Whether a user insert by API makes a Live site send its welcome mail. */
  welcomeMailOnInsert: { fact: 'C7', answers: ['sent', 'silent'] },
  /** Deactivating a user, or taking his role, while he owns accounts with portal roles. */
  portalOwnerChange: { fact: 'C5, USER_OWNS_PORTAL_ACCOUNT_EXCEPTION', answers: ['refused', 'allowed'] },
  /** Setup and ordinary objects in subrequests of one all-or-none composite request. */
  compositeMixedDml: { fact: 'C6', answers: ['refused', 'allowed'] },
  /** Deploying enableEnablePRM as false where it is on. */
  prmSwitchBack: { fact: 'A1, PRM checkbox', answers: ['refused', 'ignored', 'allowed'] },
  /** Partner relationship management in an org without Digital Experiences. */
  prmWithoutNetworks: { fact: 'A1, PRM needs Digital Experiences first', answers: ['refused', 'allowed'] },
  /** Settings that a deployed file leaves out. */
  partialSettings: { fact: 'A1, partial file', answers: ['kept', 'reset'] },
  /** Access type PublicInternal on a document folder. */
  documentFolderInternal: { fact: 'B5, DocumentFolder', answers: ['accepted', 'refused'] },
  /** Enhanced sharing of report and dashboard folders, or access types as before it. */
  folderSharing: { fact: 'B5, folderShares', answers: ['enhanced', 'classic'] },
  /** Members of a queue that a deployed file leaves out. */
  queueDeploy: { fact: 'F, replace or add', answers: ['replaces', 'adds'] },
  /** Whether licences that are paid by login have seats to run out of. */
  loginLicenceSeats: { fact: 'C4, MonthlyLoginsEntitlement', answers: ['counted', 'unlimited'] },
} as const satisfies Record<string, Question>;

export type VariantName = keyof typeof QUESTIONS;

/** The answers of an org: the defaults, with the overrides given. @throws PlatformError for a name or answer unknown. */
export const chooseVariants = (overrides: Variants = {}): Variants => {
  const chosen: Record<string, string> = {};
  for (const [name, question] of Object.entries<Question>(QUESTIONS)) chosen[name] = question.answers[0];
  for (const [name, answer] of Object.entries(overrides)) {
    const question = (QUESTIONS as Record<string, Question>)[name];
    if (!question?.answers.includes(answer)) {
      const known = question ? question.answers.join(' or ') : Object.keys(QUESTIONS).join(', ');
      throw new PlatformError('INVALID_ARGUMENT', `Unknown variant ${name}=${answer}; known: ${known}.`);
    }
    chosen[name] = answer;
  }
  return chosen;
};
