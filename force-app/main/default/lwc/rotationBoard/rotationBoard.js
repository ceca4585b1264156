/** The board of a rotation: members, shares and what they are owed, leads that wait, and, below, who got what. */
import { LightningElement, wire } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { graphql } from 'lightning/graphql';
import members from '@salesforce/apex/RotationBoardController.members';
import waiting from '@salesforce/apex/RotationBoardController.waiting';
import preview from '@salesforce/apex/RotationBoardController.preview';
import distribute from '@salesforce/apex/RotationBoardController.distribute';
import pause from '@salesforce/apex/RotationBoardController.pause';
import weigh from '@salesforce/apex/RotationBoardController.weigh';
import mayUse from '@salesforce/customPermission/Channel_Desk_Distribute';
import { errorText, fill } from 'c/desk';
import { LABELS } from './labels';
import { ROTATIONS } from './queries';
import { memberRows, plotOf, waitingRows } from './shapes';

const DAY = 86_400_000;

/** A day as inputs have it, by the clock of who looks at it. */
const dayOf = (time) => {
  const two = (part) => String(part).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
};

export default class RotationBoard extends LightningElement {
  labels = LABELS;
  key;
  isLoading = Boolean(mayUse);
  isBusy = false;
  problem;
  rotations;
  members;
  waiting;
  waitingProblem;
  /** What a preview has said, by lead. */
  given;
  question;

  rotationsQuery = mayUse ? ROTATIONS : undefined;
  rotationsVariables = {};

  @wire(graphql, { query: '$rotationsQuery', variables: '$rotationsVariables' })
  rotationsArrived({ data, errors, refresh }) {
    this.refreshRotations = refresh ?? this.refreshRotations;
    if (errors) this.fail(errors);
    if (!data) return;
    this.rotations = data.uiapi.query.Lead_Rotation__c.edges.map(({ node }) => ({
      id: node.Id,
      key: node.Key__c.value,
      name: node.Name.value,
      isActive: node.Active__c.value,
    }));
    const known = this.rotations.some(({ key }) => key === this.key);
    if (!known) this.key = (this.rotations.find(({ isActive }) => isActive) ?? this.rotations[0])?.key;
    this.load();
  }

  get words() {
    if (!mayUse) return fill(LABELS.NOT_FOR_YOU, 'Channel Manager');
    if (this.rotations?.length === 0) return LABELS.NONE;
    return this.rotation && !this.rotation.isActive ? LABELS.INACTIVE : undefined;
  }

  get rotation() {
    return this.rotations?.find(({ key }) => key === this.key);
  }

  get hasRotations() {
    return this.rotations?.length > 0;
  }

  get choices() {
    return this.rotations.map(({ key, name }) => ({ value: key, label: name }));
  }

  get memberRows() {
    return memberRows(this.members);
  }

  get plot() {
    return plotOf(this.members);
  }

  get hasWaiting() {
    return this.waiting?.length > 0;
  }

  get noneWaiting() {
    return this.waiting?.length === 0;
  }

  get waitingRows() {
    return waitingRows(this.waiting, this.given);
  }

  get waitingColumns() {
    const columns = [
      { name: 'name', label: LABELS.LEAD },
      { name: 'company', label: LABELS.COMPANY },
      { name: 'ownerName', label: LABELS.WAITS_IN },
    ];
    if (!this.given) return columns;
    return [...columns, { name: 'would', label: LABELS.WOULD }, { name: 'why', label: LABELS.WHY, action: true }];
  }

  get distributeLabel() {
    return fill(LABELS.DISTRIBUTE, this.waiting.length);
  }

  /** Nothing is given that was not previewed. */
  get cannotGive() {
    return this.isBusy || !this.given;
  }

  choose(event) {
    this.key = event.detail.value;
    this.members = undefined;
    this.given = undefined;
    return this.load();
  }

  refresh() {
    return this.rotations ? this.load() : this.refreshRotations?.();
  }

  async load() {
    if (!this.rotation?.isActive) {
      this.isLoading = false;
      return;
    }
    const { key: rotationKey } = this;
    this.problem = undefined;
    this.waitingProblem = undefined;
    // Two calls side by side; leads that cannot be told, as where the rotation names none, hide no members.
    const [found, leads] = await Promise.allSettled([members({ rotationKey }), waiting({ rotationKey })]);
    if (rotationKey !== this.key) return;
    this.isLoading = false;
    if (found.status === 'rejected') this.fail(found.reason);
    else this.members = found.value;
    this.waiting = leads.value;
    if (leads.status === 'rejected') this.waitingProblem = errorText(leads.reason);
  }

  fail(error) {
    this.isLoading = false;
    this.problem = errorText(error);
  }

  memberOf({ currentTarget }) {
    return this.members.find(({ memberId }) => memberId === currentTarget.dataset.id);
  }

  askPause(event) {
    const member = this.memberOf(event);
    const until = dayOf(new Date(Date.now() + 7 * DAY));
    const heading = fill(LABELS.PAUSE_TITLE, member.name);
    this.question = { isPause: true, member, until, heading, leave: LABELS.CANCEL };
  }

  askWeight(event) {
    const member = this.memberOf(event);
    const heading = fill(LABELS.WEIGH_TITLE, member.name);
    this.question = { isWeight: true, member, weight: member.weight, heading, leave: LABELS.CANCEL };
  }

  explainWaiting({ detail }) {
    const { name, why } = this.waitingRows.find(({ key }) => key === detail);
    this.question = { heading: name, words: why, leave: LABELS.CLOSE };
  }

  leave() {
    this.question = undefined;
  }

  pauseMember() {
    const { until } = this.refs;
    const start = new Date(`${until.value}T00:00`);
    until.setCustomValidity(start.getTime() > Date.now() ? '' : LABELS.UNTIL_PAST);
    if (!until.reportValidity()) return undefined;
    const { memberId, name } = this.question.member;
    return this.change(() => pause({ memberId, pausedUntil: start.toISOString() }), fill(LABELS.WAS_PAUSED, name));
  }

  resume(event) {
    const { memberId, name } = this.memberOf(event);
    return this.change(() => pause({ memberId, pausedUntil: null }), fill(LABELS.WAS_RESUMED, name));
  }

  weighMember() {
    const { weight: input } = this.refs;
    if (!input.reportValidity()) return undefined;
    const { memberId, name } = this.question.member;
    const weight = Number(input.value);
    return this.change(() => weigh({ memberId, weight }), fill(LABELS.WAS_WEIGHED, name, weight));
  }

  async previewAll() {
    this.isBusy = true;
    try {
      this.given = new Map((await preview(this.gift())).map((one) => [one.leadId, one]));
    } catch (error) {
      this.say({ title: errorText(error), variant: 'error', mode: 'sticky' });
    }
    this.isBusy = false;
  }

  distributeAll() {
    return this.change(async () => {
      const given = await distribute(this.gift());
      const moved = given.filter((one) => one.moved).length;
      await this.refs.history.refresh();
      return fill(LABELS.DONE, moved, given.length - moved);
    });
  }

  gift() {
    return { rotationKey: this.key, leadIds: this.waiting.map(({ leadId }) => leadId) };
  }

  /** Does something, says what came of it, and shows what is true afterwards. */
  async change(work, done) {
    this.leave();
    this.isBusy = true;
    let toast;
    try {
      const said = await work();
      toast = { title: said ?? done, variant: 'success' };
    } catch (error) {
      toast = { title: errorText(error), variant: 'error', mode: 'sticky' };
    }
    this.given = undefined;
    await this.load();
    this.isBusy = false;
    this.say(toast);
    this.refs.title?.focus();
  }

  say(toast) {
    this.dispatchEvent(new ShowToastEvent(toast));
  }
}
