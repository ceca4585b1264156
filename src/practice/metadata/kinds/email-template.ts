/** Classic mail templates, text or HTML; their folders are records. */
import type { Row } from '../../contracts.js';
import { textFrom } from '../../rules/records.js';
import type { SaveTools } from '../../save/context.js';
import type { Incoming } from '../kind.js';
import { Problem } from '../problem.js';
import { textAt } from '../xml/read.js';

/** Folder of templates that lie in none. */
const UNFILED = 'unfiled$public';

/** Kinds that the org can render: letterheads and Visualforce are pages of their own. */
const TYPES = new Set(['text', 'html', 'custom']);

const folderId = (tools: SaveTools, name: string): string => {
  if (name === UNFILED) return textFrom(tools, 'SELECT "Id" FROM "Organization" LIMIT 1')!;
  const sql = `SELECT "Id" FROM "Folder" WHERE "DeveloperName" = ? AND "Type" IN ('Email', 'EmailTemplate')`;
  const id = textFrom(tools, sql, name);
  if (!id) throw new Problem(`Cannot find folder:${name}`);
  return id;
};

/** The record behind a template. @throws Problem where its folder is missing or the org cannot render it. */
export const emailTemplate = ({ fullName, body }: Incoming, content: string, tools: SaveTools): Row => {
  const at = fullName.lastIndexOf('/');
  const type = textAt(body, 'type') ?? 'text';
  if (!TYPES.has(type)) throw new Problem(`Email templates of type ${type} are not supported by the practice org`);
  const isText = type === 'text';
  return {
    DeveloperName: fullName.slice(at + 1),
    Name: textAt(body, 'name') ?? fullName,
    FolderId: folderId(tools, fullName.slice(0, Math.max(at, 0))),
    Description: textAt(body, 'description') ?? null,
    Subject: textAt(body, 'subject') ?? null,
    TemplateType: type,
    TemplateStyle: textAt(body, 'style') ?? 'none',
    IsActive: textAt(body, 'available') === 'true',
    Body: isText ? content : (textAt(body, 'textOnly') ?? null),
    HtmlValue: isText ? null : content,
  };
};
