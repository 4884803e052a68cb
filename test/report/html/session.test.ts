import { describe, expect, it } from 'vitest';
import { sessionPage } from '#src/report/html/session.ts';

const picture = {
  id: 'flock',
  title: 'Flock',
  description: 'A flock.',
  x: { label: 'sheep', scale: 'linear', from: 0, to: 1 },
  y: { label: 'goats', scale: 'linear', from: 0, to: 1 },
  layers: [],
  facts: { 'goats a sheep': 0.333333333 },
  table: [
    ['sheep', 'goats'],
    [3, '<1>'],
  ],
} as const;

const told = {
  title: 'A & B: a session',
  summary: 'Two sides.',
  tables: [
    {
      heading: 'Ledger',
      rows: [
        { name: 'rate', value: 0.12345678 },
        { name: 'bits', value: 7441440.7 },
        { name: 'key', value: 'differs', isAmiss: true },
      ],
    },
    { heading: 'Setting', rows: [] },
  ],
  pictures: [picture],
};

describe('the page of a session', () => {
  const html = sessionPage(told);

  it('shows its ledger with as many digits as one reads', () => {
    expect(html).toContain('<h1>A &amp; B: a session</h1>');
    expect(html).toContain('<th scope="row">rate</th><td>0.123457</td>');
    expect(html).toContain('<th scope="row">bits</th><td>7441440</td>');
  });

  it('marks what is amiss by more than its colour', () => {
    expect(html).toContain('<strong class="amiss">✗ differs</strong>');
  });

  it('shows a picture, its numbers in words, and in a table', () => {
    expect(html).toMatch(/<figure id="flock">\n<h2>Flock<\/h2>\n<svg /);
    expect(html).toContain('<dt>goats a sheep</dt><dd>0.333333</dd>');
    expect(html).toContain('<tr><th scope="row">3</th><td>&lt;1&gt;</td></tr>');
  });

  it('leaves out headings of nothing', () => {
    expect(html).not.toContain('Setting');
    expect(sessionPage({ ...told, pictures: [] })).not.toContain('<figure');
  });

  it('fetches nothing and runs nothing', () => {
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|\bsrc=|href=|https?:/);
  });
});
