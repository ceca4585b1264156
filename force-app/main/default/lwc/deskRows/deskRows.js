/** A table of any length: only the rows in sight are in the page. All rows are equally high; long texts are cut and shown in full by a button. */
import { LightningElement, api } from 'lwc';

/** Height of a row in pixels, as the style sheet has it. */
const ROW = 36;
/** Rows above and below those in sight, so that scrolling finds them there. */
const BEYOND = 12;
/** Rows before the end at which more are asked for. */
const NEAR = 40;

export default class DeskRows extends LightningElement {
  /** Name of the table for those who do not see it. */
  @api label;
  /** Columns in their order: `{ name, label }`. A column with `action` has a button in each row that fires `choose`. */
  @api columns = [];
  /** Rows: `{ key, [column name]: text }`; `actionName` names the button of a row. */
  @api rows = [];
  /** Whether there are more rows to ask for by `more`. */
  @api hasMore = false;

  first = 0;
  fits = 20;

  /** Focuses the button that was chosen last, while it is in sight, else the table. */
  @api
  focus() {
    const buttons = [...this.template.querySelectorAll('button')];
    (buttons.find(({ dataset }) => dataset.key === this.chosenKey) ?? this.refs.view).focus();
  }

  get count() {
    return this.hasMore ? -1 : this.rows.length + 1;
  }

  /** Rows may go while the table is scrolled down to them. */
  get start() {
    return Math.max(0, Math.min(this.first, this.rows.length - this.fits - BEYOND));
  }

  get last() {
    return Math.min(this.rows.length, this.start + this.fits + 2 * BEYOND);
  }

  get shown() {
    return this.rows.slice(this.start, this.last).map((row, at) => ({
      key: row.key,
      place: this.start + at + 2,
      cells: this.columns.map(({ name, action }) => ({
        name,
        text: row[name],
        isAction: Boolean(action) && Boolean(row[name]),
        isText: !action,
        actionName: row.actionName,
      })),
    }));
  }

  get width() {
    return this.columns.length;
  }

  get above() {
    return `block-size: ${this.start * ROW}px`;
  }

  get below() {
    return `block-size: ${(this.rows.length - this.last) * ROW}px`;
  }

  scrolled({ target }) {
    this.fits = Math.ceil(target.clientHeight / ROW);
    const first = Math.max(0, Math.floor(target.scrollTop / ROW) - BEYOND);
    // A step of some rows at once: most moves change nothing in the page.
    if (Math.abs(first - this.first) >= BEYOND / 2 || first === 0) this.first = first;
    if (this.hasMore && this.last > this.rows.length - NEAR) this.dispatchEvent(new CustomEvent('more'));
  }

  chosen({ currentTarget }) {
    this.chosenKey = currentTarget.dataset.key;
    this.dispatchEvent(new CustomEvent('choose', { detail: this.chosenKey }));
  }
}
