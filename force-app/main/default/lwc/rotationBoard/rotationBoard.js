/** The board of a rotation: members, shares and what they are owed. Below are the leads that wait, and who got what. */
import { LightningElement, wire } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { graphql } from 'lightning/graphql';
import members from '@salesforce/apex/RotationBoardController.members';
import pause from '@salesforce/apex/RotationBoardController.pause';
import weigh from '@salesforce/apex/RotationBoardController.weigh';
import mayUse from '@salesforce/customPermission/Channel_Desk_Distribute';
import { dayIn, errorText, fill, startOf } from 'c/desk';
import { LABELS } from './labels';
import { ROTATIONS } from './queries';
import { memberRows, plotOf } from './shapes';

/** Days for which a member is paused unless another day is chosen. */
const PAUSE = 7;

export default class RotationBoard extends LightningElement {
  labels = LABELS;
  key;
  isLoading = Boolean(mayUse);
  isBusy = false;
  /** Whether leads are being previewed or given. */
  isGiving = false;
  problem;
  rotations;
  members;
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
    if (!known) {
      this.key = (this.rotations.find(({ isActive }) => isActive) ?? this.rotations[0])?.key;
      this.members = undefined;
    }
    this.loadAll();
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

  get hasLeads() {
    return Boolean(this.rotation?.isActive) && !this.problem;
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

  /** Whether something is under way that is about what is shown. */
  get isAtWork() {
    return this.isBusy || this.isGiving;
  }

  choose(event) {
    this.key = event.detail.value;
    this.members = undefined;
    return this.load();
  }

  refresh() {
    return this.rotations ? this.load() : this.refreshRotations?.();
  }

  /** A preview from before says nothing about what is true now. */
  loadAll() {
    return Promise.all([this.load(), this.refs?.waiting?.refresh()]);
  }

  async load() {
    const { key: rotationKey } = this;
    const isActive = Boolean(this.rotation?.isActive);
    this.isLoading = isActive && !this.members;
    if (!isActive) return;
    this.problem = undefined;
    try {
      const found = await members({ rotationKey });
      if (rotationKey !== this.key) return;
      this.members = found;
      this.isLoading = false;
    } catch (error) {
      if (rotationKey === this.key) this.fail(error);
    }
  }

  fail(error) {
    this.isLoading = false;
    this.problem = errorText(error);
  }

  worked({ detail }) {
    this.isGiving = detail;
  }

  wasGiven() {
    this.refs.history?.refresh();
    return this.load();
  }

  memberOf({ currentTarget }) {
    return this.members.find(({ memberId }) => memberId === currentTarget.dataset.id);
  }

  askPause(event) {
    const member = this.memberOf(event);
    const heading = fill(LABELS.PAUSE_TITLE, member.name);
    this.question = { isPause: true, member, until: dayIn(PAUSE), heading };
  }

  askWeight(event) {
    const member = this.memberOf(event);
    const heading = fill(LABELS.WEIGH_TITLE, member.name);
    this.question = { isWeight: true, member, weight: member.weight, heading };
  }

  leave() {
    this.question = undefined;
  }

  pauseMember() {
    const { until } = this.refs;
    const start = startOf(until.value);
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

  /** Does something, says what came of it, and shows what is true afterwards. */
  async change(work, done) {
    this.leave();
    this.isBusy = true;
    let toast = { title: done, variant: 'success' };
    try {
      await work();
    } catch (error) {
      toast = { title: errorText(error), variant: 'error', mode: 'sticky' };
    }
    await this.loadAll();
    this.isBusy = false;
    this.dispatchEvent(new ShowToastEvent(toast));
    this.refs.title?.focus();
  }
}
