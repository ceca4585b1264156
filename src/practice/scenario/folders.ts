/** Folders with what is in them (platform-facts B5): public ones from the years before partners, shared and hidden ones. */
import type { Row } from '../contracts.js';
import { developerNameOf } from '../rules/records.js';
import type { FolderAccess } from '../sharing/types.js';
import type { Seed } from './seed.js';
import { groupOf, type People } from './somebody.js';

type FolderText = {
  type: 'Report' | 'Dashboard' | 'Document' | 'Email';
  name: string;
  access: 'Public' | 'PublicInternal' | 'Shared' | 'Hidden';
  shares?: Array<[who: string, access: FolderAccess]>;
  /** Titles of what is in it. */
  holds: string[];
};

const FOLDERS: FolderText[] = [
  { type: 'Report', name: 'Sales Reports', access: 'Public', holds: ['Pipeline by region', 'Open deals'] },
  { type: 'Report', name: 'Lead Reports', access: 'Public', holds: ['Leads by source', 'Waiting leads'] },
  { type: 'Report', name: 'Margin Reports', access: 'PublicInternal', holds: ['Margin by product'] },
  {
    type: 'Report',
    name: 'Partner Scorecards',
    access: 'Shared',
    shares: [
      ['PRMOrganization', 'View'],
      ['RoleAndSubordinatesInternal:VP Channel', 'EditAllContents'],
    ],
    holds: ['Scorecard by partner'],
  },
  {
    type: 'Report',
    name: 'Channel Reports',
    access: 'Shared',
    shares: [
      ['RoleAndSubordinates:VP Channel', 'View'],
      ['Role:Channel Director', 'Manage'],
    ],
    holds: ['Channel pipeline', 'Deal registrations by status'],
  },
  {
    type: 'Report',
    name: 'Board Reports',
    access: 'Shared',
    shares: [
      ['Role:CEO', 'Manage'],
      ['RoleAndSubordinatesInternal:VP Sales', 'View'],
    ],
    holds: ['Quarter at a glance'],
  },
  { type: 'Report', name: 'Retired Reports', access: 'Hidden', holds: ['Leads 2019'] },
  { type: 'Dashboard', name: 'Company Dashboards', access: 'Public', holds: ['Company at a glance'] },
  { type: 'Dashboard', name: 'Staff Dashboards', access: 'PublicInternal', holds: ['Support load'] },
  {
    type: 'Dashboard',
    name: 'Channel Dashboards',
    access: 'Shared',
    shares: [
      ['RoleAndSubordinates:Channel Director', 'View'],
      ['Group:Channel Internal', 'EditAllContents'],
    ],
    holds: ['Partner performance'],
  },
  { type: 'Document', name: 'Price Lists', access: 'Public', holds: ['Price list 2026'] },
  { type: 'Document', name: 'Internal Handbooks', access: 'PublicInternal', holds: ['Sales handbook'] },
  {
    type: 'Document',
    name: 'Partner Documents',
    access: 'Shared',
    shares: [['PRMOrganization', 'View']],
    holds: ['Partner contract'],
  },
  { type: 'Email', name: 'Sales Mails', access: 'Public', holds: ['Quote follow-up'] },
  {
    type: 'Email',
    name: 'Support Mails',
    access: 'Shared',
    shares: [['Group:Support Desk', 'View']],
    holds: ['Case received'],
  },
  { type: 'Email', name: 'Old Mails', access: 'Hidden', holds: ['Season greetings'] },
];

/** The record behind a title, by the kind of folder. */
const CONTENT: Readonly<Record<FolderText['type'], (title: string, folder: { id: string; name: string }) => Row>> = {
  Report: (title, { id, name }) => ({ Name: title, OwnerId: id, FolderName: name, Format: 'Summary' }),
  Dashboard: (title, { id, name }) => ({ Title: title, FolderId: id, FolderName: name, Type: 'SpecifiedUser' }),
  Document: (title, { id }) => ({ Name: title, FolderId: id, ContentType: 'text/plain', Type: 'txt', BodyLength: 0 }),
  Email: (title, { id, name }) => ({
    Name: title,
    FolderId: id,
    FolderName: name,
    TemplateType: 'text',
    TemplateStyle: 'none',
    IsActive: true,
    Subject: title,
  }),
};

const OBJECTS: Readonly<Record<FolderText['type'], string>> = {
  Report: 'Report',
  Dashboard: 'Dashboard',
  Document: 'Document',
  Email: 'EmailTemplate',
};

/** Adds folders, their shares and their contents. */
export const seedFolders = (seed: Seed, people: People): void => {
  for (const { type, name, access, shares = [], holds } of FOLDERS) {
    const DeveloperName = developerNameOf(name);
    const id = seed.add(
      'Folder',
      { Type: type, Name: name, DeveloperName, AccessType: access, IsReadonly: true },
      1700
    );
    seed.tools.sharing.folders.replace(
      id,
      shares.map(([who, level]) => ({ sharedWith: groupOf(seed, people, who)!, access: level }))
    );
    for (const title of holds) {
      const values = { DeveloperName: developerNameOf(title), ...CONTENT[type](title, { id, name }) };
      const author: Row = type === 'Document' ? { AuthorId: seed.adminId } : {};
      const runner: Row = type === 'Dashboard' ? { RunningUserId: seed.adminId } : {};
      const owner: Row = type === 'Email' ? { OwnerId: seed.adminId } : {};
      seed.add(OBJECTS[type], { ...values, ...author, ...runner, ...owner }, 1600);
    }
  }
};
