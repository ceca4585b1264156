/** CSV files of invented partners: accounts of four channel managers, and people of four languages in them. */
import { writeFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';

const MANAGERS = ['Nora Fieldgate', 'Stellan Moor', 'Esme Larchwood', 'Wim Overbeek'];

/** A name as people write it, and as it stands in an address. */
type Name = readonly [written: string, plain: string];
type Country = { name: string; company: (number: number) => string; first: readonly Name[]; last: readonly Name[] };

const COUNTRIES: readonly Country[] = [
  {
    name: 'Czech Republic',
    company: (number) => `Svítidla Příklad ${number} s.r.o.`,
    first: [
      ['Žofie', 'zofie'],
      ['Břetislav', 'bretislav'],
      ['Ludmila', 'ludmila'],
      ['Ctirad', 'ctirad'],
    ],
    last: [
      ['Jasnovská', 'jasnovska'],
      ['Světlíček', 'svetlicek'],
      ['Lampářová', 'lamparova'],
      ['Třpytil', 'trpytil'],
      ['Zářný', 'zarny'],
    ],
  },
  {
    name: 'Germany',
    company: (number) => `Beispielleuchten Nº ${number} GmbH & Co. KG`,
    first: [
      ['Jörg', 'joerg'],
      ['Käthe', 'kaethe'],
      ['Lüder', 'lueder'],
      ['Hannelore', 'hannelore'],
    ],
    last: [
      ['Lichtmüller', 'lichtmueller'],
      ['von Glühbach', 'gluehbach'],
      ['Weißschein', 'weissschein'],
      ['Funkelgrün', 'funkelgruen'],
      ['Strahlmann', 'strahlmann'],
    ],
  },
  {
    name: 'Japan',
    company: (number) => `見本照明${number}株式会社`,
    first: [
      ['さくら', 'sakura'],
      ['蓮', 'ren'],
      ['結衣', 'yui'],
      ['大翔', 'hiroto'],
    ],
    last: [
      ['灯里', 'akari'],
      ['光原', 'mitsuhara'],
      ['明石野', 'akashino'],
      ['照山', 'teruyama'],
      ['星川', 'hoshikawa'],
    ],
  },
  {
    name: 'United Kingdom',
    company: (number) => `Example Lamps ${number} Ltd`,
    first: [
      ['Imogen', 'imogen'],
      ['Rupert', 'rupert'],
      ['Siân', 'sian'],
      ["D'Arcy", 'darcy'],
    ],
    last: [
      ['Brightling', 'brightling'],
      ['Lanternby', 'lanternby'],
      ["O'Glow", 'oglow'],
      ['Candlewick-Shaw', 'candlewick-shaw'],
      ['Lumley', 'lumley'],
    ],
  },
];

/** What is in the files, for the formula and for counting what the org has in the end. */
export type Partners = { accounts: string[]; emails: string[]; accountsFile: string; peopleFile: string };

/** Writes both files: so many accounts with three people each. `tag` keeps them apart from those of another run. */
export async function writePartnerFiles(folder: string, tag: string, accounts: number): Promise<Partners> {
  const companies: string[][] = [];
  const people: string[][] = [];
  for (let number = 1; number <= accounts; number++) {
    const country = COUNTRIES[number % COUNTRIES.length]!;
    const company = `${country.company(number)} ${tag}`;
    companies.push([company, MANAGERS[number % MANAGERS.length]!, country.name, 'yes']);
    for (let at = 0; at < 3; at++) people.push(personOf(country, company, `${tag}-${number}`, number + at));
  }
  const accountsFile = `${folder}/${tag}-accounts.csv`;
  const peopleFile = `${folder}/${tag}-people.csv`;
  const header = ['Account', 'Channel Manager', 'Billing Country', 'Create'];
  await writeFile(accountsFile, stringify([header, ...companies]));
  await writeFile(peopleFile, stringify([['Account', 'First Name', 'Last Name', 'Email', 'Create'], ...people]));
  const [names, emails] = [companies.map(([name]) => name!), people.map((row) => row[3]!)];
  return { accounts: names, emails, accountsFile, peopleFile };
}

/** The three people of a company have different last names, so that their addresses differ. */
function personOf({ first, last }: Country, company: string, host: string, number: number): string[] {
  const [written, plain] = first[number % first.length]!;
  const [family, plainFamily] = last[number % last.length]!;
  return [company, written, family, `${plain}.${plainFamily}@p${host}.example`, 'yes'];
}
