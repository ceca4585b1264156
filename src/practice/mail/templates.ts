/** Classic mail templates: found by name or id, rendered for a record. */
import type { SaveTools } from '../save/context.js';
import { mergeFor, type MailSubject } from './merge.js';

/** A template as mails use it. */
export type Template = { id: string; developerName: string; subject: string; body: string; isHtml: boolean };

export type Rendered = { subject: string; body: string };

const COLUMNS = '"Id", "DeveloperName", "Subject", "Body", "HtmlValue"';

type Found = {
  Id: string;
  DeveloperName: string;
  Subject: string | null;
  Body: string | null;
  HtmlValue: string | null;
};

const toTemplate = (row: unknown): Template | undefined => {
  if (!row) return undefined;
  const { Id, DeveloperName, Subject, Body, HtmlValue } = row as Found;
  return {
    id: Id,
    developerName: DeveloperName,
    subject: Subject ?? '',
    body: HtmlValue ?? Body ?? '',
    isHtml: HtmlValue !== null,
  };
};

/** A template by its id. */
export const templateById = (tools: SaveTools, id: string): Template | undefined =>
  toTemplate(tools.store.sql(`SELECT ${COLUMNS} FROM "EmailTemplate" WHERE "Id" = ?`).get(id));

/** A template by its full name, folder before it, as metadata refers to it. */
export const templateByName = (tools: SaveTools, fullName: string): Template | undefined => {
  const kept = tools.components.find('EmailTemplate', fullName);
  if (kept) return templateById(tools, kept.id);
  // Templates that came with the org or were made as records lie in no folder of metadata.
  const name = fullName.slice(fullName.lastIndexOf('/') + 1);
  return toTemplate(
    tools.store.sql(`SELECT ${COLUMNS} FROM "EmailTemplate" WHERE "DeveloperName" = ? ORDER BY "Id" LIMIT 1`).get(name)
  );
};

/** Subject and body of a template for a record. */
export const render = (tools: SaveTools, template: Template, subject: MailSubject): Rendered => {
  const merge = mergeFor(tools, subject);
  return { subject: merge(template.subject), body: merge(template.body) };
};
