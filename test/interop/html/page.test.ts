import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chromium, findChromium } from './chromium.ts';

const file = findChromium();
if (file === null)
  console.warn('skipped: no Chromium is on the path, so no page was opened in one');

const folder = file === null ? '' : mkdtempSync(path.join(tmpdir(), 'qkdspec-pages-'));
const root = fileURLToPath(new URL('../../..', import.meta.url));
const urlOf = (...parts: readonly string[]) => pathToFileURL(path.join(folder, ...parts)).href;

describe.skipIf(file === null)('the page of a run, in Chromium', () => {
  let browser: Chromium;
  beforeAll(async () => {
    node('test/interop/html/write-pages.ts', folder);
    const run = ['--retries', '0', '--no-progress', '--out', path.join(folder, 'run')];
    const mutant = 'reference:qosst?mutant=alice-ignores-digest';
    node('src/cli/qkdspec.js', 'test', 'qosst/digest/*', '--target', mutant, ...run);
    browser = await Chromium.start(file ?? '');
  });
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Everything that is wrong with a page, by what the browser tells of it. */
  const complaints = () =>
    browser.told.filter(({ method }) =>
      /^Log\.entryAdded$|exceptionThrown|consoleAPICalled/.test(method),
    );
  const requests = () =>
    browser.told.filter(({ method }) => method === 'Network.requestWillBeSent').length;
  const text = (selector: string) =>
    browser.value(`document.querySelector(${JSON.stringify(selector)})?.textContent`);
  const count = (selector: string) =>
    browser.value(`document.querySelectorAll(${JSON.stringify(selector)}).length`);
  const focused = () => browser.value(`document.activeElement.id || document.activeElement.value`);
  const tabTo = async (wanted: string) => {
    for (let presses = 0; presses < 100; presses += 1) {
      if ((await focused()) === wanted) return;
      await browser.press('Tab');
    }
    throw new Error(`no Tab leads to ${wanted}`);
  };

  it('opens from disk, fetches nothing but itself, and has nothing to complain of', async () => {
    await browser.open(urlOf('run', 'report.html'));
    expect(await text('h1')).toBe('Conformance of QOSST control protocol: alice');
    expect(await count('tr.result')).toBeGreaterThan(20);
    expect(await count('.phase svg .reached')).toBeGreaterThan(5);
    expect(complaints()).toEqual([]);
    expect(requests()).toBe(1);
  });

  it('opens a finding from the keyboard: steps, frames and the command that replays it', async () => {
    await browser.open(urlOf('run', 'report.html'));
    await browser.value(`document.querySelector('button.open').focus()`);
    await browser.press('Enter', '\r');
    expect(await browser.value(`document.activeElement.getAttribute('aria-expanded')`)).toBe(
      'true',
    );
    expect(await text('.details .command')).toContain('alice-ignores-digest');
    expect(await count('.details svg.sequence line.said')).toBeGreaterThan(1);
    expect(await text('.details svg.sequence text.wrong')).toMatch(/^✗ wrong here/);
    expect(await count('.details .diff tbody tr')).toBeGreaterThan(3);
    expect(await text('.details pre')).toMatch(/^0000 {2}[0-9a-f]{2} /);
    await browser.press(' ', ' ');
    expect(await browser.value(`document.querySelector('.below').offsetHeight`)).toBe(0);
    await browser.press(' ', ' ');
    await browser.value(`document.querySelector('.details .command + span button').focus()`);
    await browser.press('Enter', '\r');
    expect(await text('.details .command + span')).toBe('Copy copied');
    expect(await browser.value('String(getSelection())')).toBe(await text('.details .command'));
    expect(complaints()).toEqual([]);
  });

  it('filters and searches from the keyboard', async () => {
    await browser.open(urlOf('run', 'report.html'));
    const all = Number(await count('tr.result'));
    await tabTo('search');
    await browser.type('First-Bit-flipped');
    expect(await text('#told')).toBe(`1 of ${all} shown`);
    await tabTo('reset');
    await browser.press('Enter', '\r');
    expect(await text('#told')).toBe(`${all} of ${all} shown`);
    await browser.value(`document.getElementById('search').focus()`);
    await tabTo('fail');
    await browser.press(' ', ' ');
    expect(await count('tr.result .verdict.fail')).toBe(0);
    expect(await count('tr.result')).toBeLessThan(all);
  });

  it('leads from a requirement to its cases', async () => {
    await browser.open(urlOf('run', 'report.html'));
    const link = `document.querySelector('[data-requirement="qosst/unauthenticAnswered"]')`;
    await browser.value(`${link}.click()`);
    expect(await browser.value(`document.getElementById('requirement').value`)).toBe(
      'qosst/unauthenticAnswered',
    );
    expect(await text('#told')).toContain(' shown');
    expect(await count('tr.result')).toBe(Number.parseInt(String(await text('#told')), 10));
  });

  it('never runs what a target said', async () => {
    await browser.open(urlOf('hostile.html'));
    await browser.value(`document.querySelector('button.open').click()`);
    expect(await text('button.open')).toContain('</script><img src=x');
    expect(await count('img')).toBe(0);
    expect(await browser.value('typeof window.wasHit')).toBe('undefined');
    expect(complaints()).toEqual([]);
  });

  it('opens with 10,000 results, and makes rows of those that are looked at', async () => {
    await browser.open(urlOf('many.html'));
    const took = await browser.value(
      `Math.round(performance.getEntriesByType('navigation')[0].loadEventEnd)`,
    );
    const size = statSync(path.join(folder, 'many.html')).size;
    console.log(`10,000 results: ${(size / 1e6).toFixed(1)} MB, open after ${took} ms`);
    expect(await text('#told')).toBe('10000 of 10000 shown');
    expect(await count('tr.result')).toBeLessThan(1000);
    await browser.value(`document.getElementById('search').focus()`);
    await browser.type('case-4321');
    expect(await text('#told')).toBe('1 of 10000 shown');
    expect(await text('tr.result code')).toBe('toy/topic-1/case-4321');
    expect(complaints()).toEqual([]);
  });
});

/** Runs one of our files; a red verdict is none of its faults. */
function node(...arguments_: readonly string[]): void {
  try {
    execFileSync(process.execPath, arguments_, { cwd: root, stdio: 'pipe' });
  } catch (fault) {
    if (Reflect.get(Object(fault), 'status') !== 1) throw fault;
  }
}
