import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pageScript } from '#src/report/html/script.ts';

const folder = new URL('../../../src/report/html/browser/', import.meta.url);
const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
const declared = sources.flatMap((text) =>
  [...text.matchAll(/^(?:export )?(?:function|const|let|class) (\w+)/gm)].map(
    ([, name = '']) => name,
  ),
);

describe('the script of a page', () => {
  it('holds every function of its modules, under its own name', () => {
    const script = pageScript();
    expect(declared.length).toBeGreaterThan(20);
    expect(declared.filter((name) => !script.includes(`function ${name}(`))).toEqual([]);
    expect(new Set(declared).size).toBe(declared.length);
  });

  it('is whole without anything else: its modules import each other alone', () => {
    const imported = sources.flatMap((text) =>
      [...text.matchAll(/^import (?!type)[^;]*? from '([^']+)'/gm)].map(([, from = '']) => from),
    );
    expect(imported.length).toBeGreaterThan(5);
    expect(imported.filter((from) => !/^\.\/[\w-]+\.ts$/.test(from))).toEqual([]);
  });

  it('can be read by a browser', () => {
    expect(() => new Function(pageScript())).not.toThrow();
  });

  it('never makes HTML of a text', () => {
    expect(pageScript()).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
  });
});
