import { expect } from 'chai';
import fc from 'fast-check';
import { html } from '../../src/report/html/escape.js';
import { page, table } from '../../src/report/html/page.js';

describe('html', () => {
  it('lets no text open a tag or leave an attribute', () => {
    const text = fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '/', '=', ' ') });
    fc.assert(
      fc.property(text, (value) => {
        const made = html`<p title="${value}">${value}</p>`.text;
        expect(made.match(/</g)).to.have.length(2);
        expect(made.match(/"/g)).to.have.length(2);
        expect(made.slice(made.indexOf('>') + 1, -4)).not.to.match(/[<>"']/);
      })
    );
  });

  it('keeps what was written as HTML', () => {
    expect(html`<b>${html`<i>${'<x>'}</i>`}</b>`.text).to.equal('<b><i>&lt;x&gt;</i></b>');
    expect(table('Caption', ['A'], [['<script>']]).text)
      .to.contain('&lt;script&gt;')
      .and.not.to.contain('<script>');
  });

  it('makes pages that load nothing', () => {
    const made = page('<title>', html`<p>text</p>`);
    expect(made)
      .to.contain("default-src 'none'")
      .and.not.to.match(/(src|href)="?https?:/);
    expect(made).to.contain('<title>&lt;title&gt;</title>');
  });
});
