import { expect } from 'chai';
import { prints, run } from './programs.js';

const OWN = 'class MyException extends Exception { } class Other extends Exception { }';

describe('Apex: exceptions', () => {
  it('catches by type, nearest first, and lets others through', async () => {
    await prints(
      ['own', 'any System.MathException: Divide by 0', 'through T.Other: o', 'sub'],
      `try { throw new MyException('m'); } catch (MyException e) { System.debug('own'); } catch (Exception e) { System.debug('any'); }
       try { Integer i = 1 / T.zero; } catch (MyException e) { System.debug('own'); } catch (Exception e) { System.debug('any ' + e); }
       try { try { throw new Other('o'); } catch (MyException e) { System.debug('own'); } } catch (Other e) { System.debug('through ' + e); }
       try { throw new Deep(); } catch (Base e) { System.debug('sub'); }`,
      `${OWN} static Integer zero = 0; virtual class Base extends Exception { } class Deep extends Base { }`.replace(
        'class Base',
        'class Base'
      )
    );
  });

  it('has the four constructors, causes, and the methods of exceptions', async () => {
    await prints(
      ['Script-thrown exception', 'm', 'T.Other: inner', 'T.Other', 'm2 inner', 'set', 'T.MyException null'],
      `System.debug(new MyException().getMessage()); System.debug(new MyException('m').getMessage());
       Exception e = new MyException(new Other('inner')); System.debug(e.getCause()); System.debug(e.getCause().getTypeName());
       e = new MyException('m2', new Other('inner')); System.debug(e.getMessage() + ' ' + e.getCause().getMessage());
       e = new MyException(); e.initCause(new Other()); e.setMessage('set'); System.debug(e.getMessage());
       e = new MyException('x'); System.debug(e.getTypeName() + ' ' + e.getCause());`,
      OWN
    );
  });

  it('keeps fields, methods and constructors of exception classes', async () => {
    await prints(
      ['7 from field set 7', 'msg default'],
      `try { throw new Coded(7); } catch (Coded e) { System.debug(e.code + ' ' + e.show()); }
       Coded made = new Coded('msg'); System.debug(made.getMessage() + ' ' + made.kind);`,
      `class Coded extends Exception { Integer code; String kind = 'default'; Coded(Integer code) { this.code = code; kind = 'set'; }
         String show() { return 'from field ' + kind + ' ' + code; } }`
    );
  });

  it('runs finally in order, also around return, break and rethrow', async () => {
    await prints(
      ['try', 'catch', 'finally', '1', 'f0', 'f1', 'after', 'inner', 'outer', 'done again'],
      `System.debug(T.value()); for (Integer i = 0; i < 3; i++) { try { if (i == 1) { break; } } finally { System.debug('f' + i); } } System.debug('after');
       try { try { throw new MyException('again'); } finally { System.debug('inner'); } } catch (Exception e) { System.debug('outer'); System.debug('done ' + e.getMessage()); }`,
      `${OWN} static Integer value() { try { System.debug('try'); throw new Other(); } catch (Other e) { System.debug('catch'); return 1; } finally { System.debug('finally'); } }`
    );
  });

  it('tells where it was thrown, through methods, constructors and initialisers', async () => {
    const { thrown, stack } = await run(
      'Integer n = 1;\n  new Holder(n);',
      `class Holder {
         Integer x;
         Holder(Integer n) {
           x = T.part(n);
         }
       }
       static Integer part(Integer n) {
         Integer none;
         return n
           + none;
       }`
    );
    expect(thrown).to.equal('System.NullPointerException: Attempt to de-reference a null object');
    expect(stack).to.equal(
      ['Class.T.part: line 9', 'Class.T.Holder.<init>: line 4', 'Class.T.go: line 14']
        .map((one) => `${one}, column 1`)
        .join('\n')
    );
  });

  it('keeps the place of the first throw when it is thrown again', async () => {
    const { out, stack } = await run(
      `try {
         throw new Other('x');
       } catch (Other e) {
         System.debug(e.getLineNumber());
         throw e;
       }`,
      OWN
    );
    expect(out).to.deep.equal(['4']);
    expect(stack).to.equal('Class.T.go: line 4, column 1');
  });

  it('knows null behind fields, methods and null that is thrown', async () => {
    const { out } = await run(
      `Node none; Exception nothing;
       try { Node x = none.next; } catch (NullPointerException e) { System.debug(e.getLineNumber()); }
       try { none.next = null; } catch (NullPointerException e) { System.debug(e.getLineNumber()); }
       try { none.call(); } catch (NullPointerException e) { System.debug(e.getLineNumber()); }
       try { throw nothing; } catch (NullPointerException e) { System.debug(e.getLineNumber()); }`,
      'class Node { Node next; void call() { } }'
    );
    expect(out).to.deep.equal(['4', '5', '6', '7']);
  });

  it('never gives limits and failed assertions to catch or finally', async () => {
    const { out, thrown } = await run(
      `try { System.assertEquals(1, 2, 'no'); } catch (Exception e) { System.debug('caught'); } finally { System.debug('finally'); }`
    );
    expect(out).to.deep.equal([]);
    expect(thrown).to.contain('System.AssertException');
  });

  it('makes exceptions of the platform', async () => {
    await prints(
      ['System.IllegalArgumentException: bad', 'System.DmlException'],
      `try { throw new IllegalArgumentException('bad'); } catch (IllegalArgumentException e) { System.debug(e); }
       try { throw new System.DmlException('x'); } catch (DmlException e) { System.debug(e.getTypeName()); }`
    );
  });
});
