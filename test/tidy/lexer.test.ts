import { describe, expect, it } from 'vitest';
import { codeOnly, withoutComments } from './lexer.ts';
import { readModule } from './sources.ts';

describe('the reading of a module', () => {
  it('forgets comments, also such as hold quotes', () => {
    expect(withoutComments("a; // it's\nb; /* `as` any */ c;")).toBe('a;  \nb;   c;');
  });

  it('keeps strings that look like comments', () => {
    expect(withoutComments("const url = 'https://example.org'; // gone")).toBe(
      "const url = 'https://example.org';  ",
    );
  });

  it('forgets what strings and patterns say', () => {
    expect(codeOnly(`x('process.exit', "as", /any!./g, a / b / c)`)).toBe(
      `x('', '', '', a / b / c)`,
    );
  });

  it('keeps the code that templates insert, at any depth', () => {
    const text = 'f(`as ${a.b({ c: `any ${d}` })} console`, e)';
    expect(codeOnly(text)).toBe("f(''a.b({ c: ''d'' })'', e)");
  });

  it('finds imports of every form, and whether they are of types only', () => {
    const text = [
      "import { a,\n  type B } from './b.ts';",
      "import type { C } from '#src/c.ts';",
      "export * from '../d.ts';",
      "import 'node:net';",
      "const e = await import('xstate/graph');",
      "// import { f } from './f.ts';",
    ].join('\n');
    expect(readModule('src/x/y.ts', text).imports).toEqual([
      { from: 'src/x/b.ts', inside: true, typeOnly: false },
      { from: 'src/c.ts', inside: true, typeOnly: true },
      { from: 'src/d.ts', inside: true, typeOnly: false },
      { from: 'node:net', inside: false, typeOnly: false },
      { from: 'xstate/graph', inside: false, typeOnly: false },
    ]);
  });
});
