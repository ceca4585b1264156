import { expect } from 'chai';
import { all, child, parseEnvelope, text, textOf } from '../../../src/practice/soap/envelope.js';
import { element, escapeXml } from '../../../src/practice/soap/xml.js';

const wrap = (body: string, header = ''): string =>
  `<?xml version="1.0"?><se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/"><se:Header>${header}</se:Header><se:Body>${body}</se:Body></se:Envelope>`;

describe('SOAP envelopes', () => {
  it('matches elements by local name, whatever the prefix', () => {
    for (const prefix of ['', 'urn:', 'ns1:']) {
      const xml = wrap(
        `<${prefix}update><${prefix}sObjects><${prefix}type>Lead</${prefix}type></${prefix}sObjects></${prefix}update>`
      );
      const { operation, args } = parseEnvelope(xml);
      expect(operation).to.equal('update');
      expect(text(child(args, 'sObjects'), 'type')).to.equal('Lead');
    }
  });

  it('keeps text as it is: numbers, spaces, entities', () => {
    const { args } = parseEnvelope(
      wrap('<create><a>007</a><b> x </b><c>&lt;&amp;&#65;&#x20AC;&quot;</c><d/></create>')
    );
    expect(['a', 'b', 'c', 'd'].map((name) => text(args, name))).to.deep.equal(['007', ' x ', '<&A€"', '']);
  });

  it('tells nil from empty and many from one', () => {
    const nil = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"';
    const { args } = parseEnvelope(wrap(`<delete><ids>1</ids><ids>2</ids><x ${nil}/></delete>`));
    expect(all(args, 'ids').map(textOf)).to.deep.equal(['1', '2']);
    expect(textOf(all(args, 'x')[0])).to.equal(null);
  });

  it('refuses document types, broken XML and empty bodies', () => {
    expect(() => parseEnvelope('<!DOCTYPE a [<!ENTITY b "c">]><a/>')).to.throw('Document type');
    expect(() => parseEnvelope('<a><b></a>')).to.throw('not well-formed');
    expect(() => parseEnvelope(wrap(''))).to.throw('No operation');
  });

  it('escapes what it writes', () => {
    expect(escapeXml('<a b="c">&\u0001\r')).to.equal('&lt;a b=&quot;c&quot;&gt;&amp;&#13;');
    expect(element('r', { a: [1, '<'], b: null, c: undefined, d: true })).to.equal(
      '<r><a>1</a><a>&lt;</a><b xsi:nil="true"/><d>true</d></r>'
    );
  });
});
