/** From the details of an invitation to what the dialog shows. Pure. */
import { fill } from 'c/desk';
import { LABELS } from './labels';

/** Details that people may change, in their order; those with choices are chosen. Lengths are those of the User object. */
const FIELDS = [
  { name: 'email', label: LABELS.EMAIL, type: 'email', length: 80 },
  { name: 'username', label: LABELS.USERNAME, type: 'text', length: 80 },
  { name: 'alias', label: LABELS.ALIAS, type: 'text', length: 8 },
  { name: 'nickname', label: LABELS.NICKNAME, type: 'text', length: 40 },
  { name: 'profileId', label: LABELS.PROFILE, isChosen: true },
  { name: 'accountRole', label: LABELS.ROLE, isChosen: true },
  { name: 'timeZone', label: LABELS.ZONE, isChosen: true },
  { name: 'language', label: LABELS.LANGUAGE, isChosen: true },
  { name: 'locale', label: LABELS.LOCALE, isChosen: true },
];

/** First and last name. */
export const nameOf = ({ firstName, lastName }) => [firstName, lastName].filter(Boolean).join(' ');

/** What is suggested can always be chosen, also where the org does not list it. */
const optionsOf = (value, choices = []) => {
  const isThere = !value || choices.some((one) => one.value === value);
  return isThere ? choices : [{ value, label: value }, ...choices];
};

export const fieldsOf = (draft, choices) =>
  FIELDS.map((field) => ({
    ...field,
    value: draft[field.name],
    options: field.isChosen ? optionsOf(draft[field.name], choices[field.name]) : undefined,
  }));

/** The details as they will be saved. */
export const factsOf = (draft, choices) => [
  { name: 'name', label: LABELS.NAME, value: nameOf(draft) },
  { name: 'account', label: LABELS.ACCOUNT, value: draft.accountName },
  ...FIELDS.map(({ name, label }) => ({
    name,
    label,
    value: choices[name]?.find(({ value }) => value === draft[name])?.label ?? draft[name],
  })),
];

/** Which mails go out, and when. */
export const mailsOf = ({ email, sendLogin, welcomingSites }) => [
  sendLogin ? fill(LABELS.LOGIN_MAIL, email) : LABELS.NO_LOGIN_MAIL,
  welcomingSites ? fill(LABELS.WELCOME, welcomingSites, email) : LABELS.NO_WELCOME,
];
