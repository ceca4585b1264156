/**
 * The Apex tests of the package, run as a client runs them, in orgs of each kind; and changes to its classes that these tests
 * must notice.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import jsforce from 'jsforce';
import { installPackage } from '../helpers/package.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';
import { deploy, problems } from '../practice/metadata/support.js';

const classes = join(
  dirname(dirname(dirname(fileURLToPath(import.meta.url)))),
  ...['force-app', 'main', 'default', 'classes']
);

const readClass = (name: string): string => readFileSync(join(classes, `${name}.cls`), 'utf8');

type TestRun = {
  numTestsRun: number;
  failures: Array<{ name: string; methodName: string; message: string; stackTrace: string }>;
};

class Desk {
  private constructor(
    public readonly org: TestOrg,
    private readonly conn: jsforce.Connection
  ) {}

  public static async open(prepare: (org: TestOrg) => void = () => undefined, leads?: number): Promise<Desk> {
    const org = await startTestOrg(leads === undefined ? { scenario: 'empty' } : { leads });
    prepare(org);
    await installPackage({ url: org.server.url, token: org.token });
    const conn = new jsforce.Connection({ instanceUrl: org.server.url, accessToken: org.token, version: '66.0' });
    return new Desk(org, conn);
  }

  public run(tests: readonly string[]): Promise<TestRun> {
    const body = JSON.stringify({ tests: tests.map((className) => ({ className })) });
    const url = '/services/data/v66.0/tooling/runTestsSynchronous';
    return this.conn.request({ method: 'POST', url, body, headers: { 'content-type': 'application/json' } });
  }

  public async put(name: string, text: string): Promise<void> {
    const meta = readFileSync(join(classes, `${name}.cls-meta.xml`), 'utf8');
    const files = { [`classes/${name}.cls`]: text, [`classes/${name}.cls-meta.xml`]: meta };
    const result = await deploy(this.conn, { ApexClass: [name] }, files);
    if (!result.success) throw new Error(problems(result).join('\n') || result.errorMessage);
  }

  public close(): Promise<void> {
    return this.org.close();
  }
}

const testsOf = (desk: Desk): string[] =>
  desk.org
    .query<{ Name: string }>("SELECT Name FROM ApexClass WHERE Name LIKE '%Test' ORDER BY Name")
    .map(({ Name }) => Name);

const textOf = ({ name, methodName, message, stackTrace }: TestRun['failures'][number]): string =>
  `${name}.${methodName}: ${message}\n${stackTrace}`;

const preferences =
  (networks: boolean, prm: boolean) =>
  ({ org }: TestOrg): void => {
    org.preferences.set('Communities.enableNetworksEnabled', networks);
    org.preferences.set('Communities.enableEnablePRM', prm);
  };

const ORGS: Array<[what: string, open: () => Promise<Desk>]> = [
  ['without Digital Experiences', () => Desk.open(preferences(false, false))],
  ['with Digital Experiences, without partners', () => Desk.open(preferences(true, false))],
  ['with partners, leads, queues and rules of its own', () => Desk.open(undefined, 300)],
];

/** A piece of a class, what stands there instead, and the tests that must fail then. */
const MUTANTS: Array<[name: string, from: string, to: string, tests: string[]]> = [
  ['ChannelDesk', '!FeatureManagement', 'FeatureManagement', ['ChannelDeskTest']],
  ['RotationLock', '.addSeconds(GRACE) >=', '.addSeconds(-GRACE) >=', ['RotationLockTest']],
  ['RotationLock', 'OR Run_Key__c = :runKey', '', ['RotationLockTest']],
  ['RotationLock', 'Owner_Token__c = null,', '', ['RotationLockTest']],
  ['RoundRobinService', 'ChannelDesk.require(ChannelDesk.DISTRIBUTE);', '', ['RoundRobinServiceTest']],
  ['RoundRobinService', 'Database.rollback(before);', '', ['RoundRobinServiceTest']],
  ['RotationRun', 'lock.release(refused.isEmpty());', '', ['RoundRobinServiceTest']],
  ['RotationRun', 'if (recordAssignments) {', 'if (!recordAssignments) {', ['RoundRobinServiceTest']],
  ['RotationStore', 'gained.get(after.key) > 0', 'gained.get(after.key) < 0', ['RoundRobinServiceTest']],
  ['RotationMembers', "return 'holiday';", 'return null;', ['RoundRobinServiceTest']],
  ['RotationMembers', '>= period', '<= period', ['RotationLeadsTest']],
  ['RoundRobinHours', "split('[;,\\\\s]+')", "split('\\\\s+')", ['RoundRobinHoursTest']],
  ['LeadKinship', ".replaceAll('\\\\s+', '%')", '', ['RotationLeadsTest']],
  ['DistributeLeadsBatch', 'if (outcome.mayRetry)', 'if (false)', ['DistributeLeadsBatchTest']],
  ['DistributeLeadsAction', "? key + ' recorded' : key", '? key : key', ['DistributeLeadsActionTest']],
  ['LeadReassignController', 'if (access.HasTransferAccess)', 'if (false)', ['LeadReassignControllerTest']],
  ['DeskErrors', 'names.isEmpty() ||', '', ['ChannelDeskTest']],
  ['PartnerQueues', "== 'RoleAndSubordinates' ?", "!= 'RoleAndSubordinates' ?", ['PartnerQueuesTest']],
  ['PartnerQueues', '&& add(reach, one.Id, queues)', '&& false', ['PartnerQueuesTest']],
  ['RotationLeads', '!matched.contains(leadId)', 'matched.contains(leadId)', ['RotationLeadsTest']],
  ['RotationLeads', '+ domain);', '+ domain + domain);', ['RotationLeadsTest']],
  ['WaitingLeads', "Owner.Type = \\'Queue\\' AND", '', ['DistributeLeadsBatchTest']],
  ['LeadReassign', 'lead.OwnerId != row.ownerBefore', 'lead.OwnerId == row.ownerBefore', ['LeadReassignTest']],
  ['LeadReassign', 'optAllOrNone = false', 'optAllOrNone = true', ['LeadReassignTest']],
  ['QueueMembership', 'known.addAll(newest);', '', ['PartnerInboxControllerTest']],
  ['PartnerInboxController', '!queues.containsKey(found[0].OwnerId)', 'false', ['PartnerInboxControllerTest']],
  [
    'PartnerInboxController',
    "offer.isMine ? fields.textOf(lead, 'Email') : null",
    "fields.textOf(lead, 'Email')",
    ['PartnerInboxControllerTest'],
  ],
  ['PartnerInboxController', 'found.size() > MOST_LEADS', 'false', ['PartnerInboxControllerTest']],
  ['PartnerInboxController', 'accepted.contains(offer.leadId)', 'true', ['PartnerInboxControllerTest']],
  ['ReadableFields', 'described.isAccessible()', 'true', ['PartnerInboxControllerTest']],
  ['PartnerEnablement', 'access.HasEditAccess &&', 'true ||', ['PartnerEnablementTest']],
  ['DeskErrors', 'error.getDmlMessage(0)', 'error.getMessage()', ['ChannelDeskTest']],
  ['PartnerInboxRecords', '!ownQueues.contains(way)', 'true', ['PartnerInboxControllerTest']],
  ['PartnerInboxRecords', 'if (isAccepted()) {', 'if (false) {', ['PartnerInboxControllerTest']],
  ['PartnerInboxRecords', 'AND Owner_Before__c != :holderId', '', ['PartnerInboxControllerTest']],
  ['DeskErrors', 'error instanceof ChannelDesk.DeskException', 'true', ['ChannelDeskTest']],
  ['LeadCondition', 'depth >= 0 &&', '', ['RotationLeadsTest']],
  ['LeadKinship', 'PUBLIC_MAIL.contains(domain)', 'false', ['LeadKinshipTest']],
  ['LeadReassignRest', 'wish.ownerBefore = row.ownerBefore;', '', ['LeadReassignTest']],
  ['RoundRobinHours', '!days.contains(weekday())', 'days.contains(weekday())', ['RoundRobinHoursTest']],
  ['RoundRobinService', 'byLead.get(leadId)', 'outcomes[0]', ['RoundRobinServiceTest']],
  ['RoundRobinService', 'retries == 0', 'retries != 0', ['RoundRobinServiceTest']],
  ['RoundRobinService', '!ChannelDesk.isLocked(error)', 'false', ['RoundRobinServiceTest']],
  ['PartnerSites', 'status == LIVE', 'status != LIVE', ['PartnerEligibilityTest']],
  ['RotationBoardController', 'false);\n      Database.rollback(before);', 'false);', ['RotationBoardControllerTest']],
  ['RotationBoardController', 'leadIds, true)', 'leadIds, false)', ['RotationBoardControllerTest']],
  ['RotationBoardController', 'weight < 1 ||', 'weight < 0 ||', ['RotationBoardControllerTest']],
  ['RotationBoardController', 'weight > 1000', 'weight >= 1000', ['RotationBoardControllerTest']],
  ['RotationBoardController', '__c = pausedUntil', '__c = null', ['RotationBoardControllerTest']],
  ['RotationBoardController', 'Paused_Until__c > System', 'Paused_Until__c < System', ['RotationBoardControllerTest']],
  ['RotationBoard', 'found.isEmpty()', 'false', ['RotationBoardControllerTest']],
  ['RotationBoard', 'update as system row;', '', ['RotationBoardControllerTest']],
  ['PartnerInboxController', "!isActive || userType == 'Guest'", 'false', ['PartnerInboxControllerTest']],
  ['PartnerFacts', 'account.get(field) == true', 'account.get(field) == false', ['PartnerEnablementTest']],
  ['PartnerVerdict', "(condition, 'warning', reason", "(condition, 'no', reason", ['PartnerEligibilityTest']],
  ['PartnerEligibility', "login.verdict == 'no' && !strict", 'false', ['PartnerEligibilityTest']],
  ['PartnerEnablement', 'if (!preview.problems.isEmpty())', 'if (false)', ['PartnerEnablementTest']],
  ['PartnerInvitation', 'check(contactOf(contactId));', 'problems.clear();', ['PartnerEnablementTest']],
  ['PartnerEnablement', "owner.get('UserRoleId') == null", 'false', ['PartnerEnablementTest']],
  ['PartnerContacts', 'Id > :afterId', 'Id < :afterId', ['PartnerEnablementTest']],
  ['PartnerContacts', 'Name > :afterName OR', 'Name >= :afterName OR', ['PartnerEnablementTest']],
  ['PartnerDirectoryController', ' AND OwnerId = :me', '', ['PartnerDirectoryControllerTest']],
  ['PartnerDirectoryController', 'Name > :name OR', 'Name >= :name OR', ['PartnerDirectoryControllerTest']],
  ['PartnerPeople', "replace('%', ", "replace('#', ", ['PartnerDirectoryControllerTest']],
  [
    'PartnerDirectoryController',
    'IsConverted = FALSE AND',
    'IsConverted = TRUE AND',
    ['PartnerDirectoryControllerTest'],
  ],
  ['PartnerPeople', "' AND Id > :after'", "''", ['ChannelHomeControllerTest']],
  ['SharingReviewController', 'ChannelDesk.require(ChannelDesk.REVIEW_SHARING);', '', ['SharingReviewControllerTest']],
  ['SharingDecisions', "found[0].State__c == 'gone'", 'false', ['SharingReviewControllerTest']],
  ['SharingDecisions', "decision == 'keep' && why == null", 'false', ['SharingReviewControllerTest']],
  ['SharingDecisions', 'Proposal_Exported__c = false', 'Proposal_Exported__c = true', ['SharingReviewControllerTest']],
  ['ChannelHomeController', 'Paused_Until__c > :now', 'Paused_Until__c < :now', ['ChannelHomeControllerTest']],
  ['ChannelHomeController', 'addDays(-PATIENCE)', 'addDays(PATIENCE)', ['ChannelHomeControllerTest']],
  ['ChannelHomeController', "'new', 'reopened'", "'new'", ['ChannelHomeControllerTest']],
];

describe('the Apex tests of the package', function () {
  this.timeout(300_000);

  for (const [what, open] of ORGS) {
    it(`pass in an org ${what}`, async () => {
      const desk = await open();
      try {
        const { numTestsRun, failures } = await desk.run(testsOf(desk));
        expect(failures.map(textOf)).to.deep.equal([]);
        expect(numTestsRun).to.be.greaterThan(60);
        // Nothing of them stays.
        expect(desk.org.query("SELECT Id FROM Lead WHERE LastName LIKE 'Person %'")).to.deep.equal([]);
        expect(desk.org.query('SELECT Id FROM Lead_Rotation__c')).to.deep.equal([]);
      } finally {
        await desk.close();
      }
    });
  }

  describe('notice changes', () => {
    let desk: Desk;
    before(async () => (desk = await Desk.open(preferences(true, true))));
    after(() => desk.close());

    for (const [name, from, to, tests] of MUTANTS) {
      it(`"${to}" for "${from}" in ${name}`, async () => {
        const text = readClass(name);
        expect(text).to.contain(from);
        await desk.put(name, text.replaceAll(from, to));
        const { failures } = await desk.run(tests);
        await desk.put(name, text);
        expect(failures.length, 'failures').to.be.greaterThan(0);
        expect(failures.map(({ methodName }) => methodName)).to.not.include('<compile>');
      });
    }
  });
});
