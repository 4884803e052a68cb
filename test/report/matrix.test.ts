import { describe, expect, it } from 'vitest';
import { defineAmbiguity } from '#models/language/index.ts';
import type { Report, Result } from '#src/contract/report.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { matrixMarkdown } from '#src/report/matrix/matrix-markdown.ts';
import { matrixLines } from '#src/report/matrix/matrix-text.ts';
import { matrixOf } from '#src/report/matrix/matrix.ts';
import { exampleFailure, exampleReport, exampleResult } from './example.ts';

const cite = { document: 'd', section: 's' };
const question = (key: string, more: object = {}) =>
  defineAmbiguity(`qosst/${key}`, {
    cite,
    question: `What is ${key}?`,
    readings: { usual: `${key} as usual.`, odd: `Odd ${key}.`, third: 'Third.' },
    assumed: 'usual',
    ...more,
  });
const ambiguities = {
  first: question('first'),
  second: question('second'),
  last: question('last', { goesWith: { usual: ['odd', 'third'], odd: ['usual', 'third'] } }),
};
const model = (name: string) => (name === 'qosst' ? { ...qosst.model, ambiguities } : null);

/** A run of a target that needed these readings, or whose profile names them. */
const run = (
  side: string,
  url: string,
  {
    results = [],
    seen = [],
    pinned = {},
    dialect = 'qosst/0.2',
  }: { results?: readonly Result[]; seen?: readonly string[]; pinned?: object; dialect?: string },
): Report => {
  const readings = seen.map((name) =>
    exampleResult({ id: `qosst/r/${name}`, verdict: 'reading', reading: [name] }),
  );
  const report = exampleReport([...results, ...readings]);
  return {
    ...report,
    target: { url, side, protocol: 'qosst' },
    profile: { name: 'qosst', readings: pinned, dialect },
  };
};
const screen = { columns: 100, colour: false };
const topics = { by: 'topic', model } as const;

describe('targets side by side', () => {
  const other = exampleResult({ id: 'qosst/framing/long', requirements: ['qosst/headerMembers'] });
  const first = run('alice', 'qosst://a', {
    results: [exampleResult(), exampleFailure({ id: 'qosst/challenge/b' }), other],
  });
  const second = run('alice', 'qosst://b', {
    results: [exampleResult(), exampleResult({ id: 'qosst/challenge/b' })],
  });

  it('have a row a topic, with the worst verdict of its cases and how many had it', () => {
    const { rows } = matrixOf([first, second], topics);
    expect(rows).toEqual([
      {
        id: 'qosst/challenge',
        cells: [
          { verdict: 'fail', count: 1, of: 2 },
          { verdict: 'pass', count: 2, of: 2 },
        ],
      },
      { id: 'qosst/framing', cells: [{ verdict: 'pass', count: 1, of: 1 }, null] },
    ]);
  });

  it('have a row a requirement: a red case speaks of the one that it broke', () => {
    const covers = ['qosst/unauthenticAnswered', 'qosst/headerMembers'];
    const red = run('alice', 'a', { results: [exampleFailure({ requirements: covers })] });
    const fine = run('alice', 'b', { results: [exampleResult({ requirements: covers })] });
    const { rows } = matrixOf([red, fine], { ...topics, by: 'requirement' });
    expect(rows.map(({ id, cells }) => [id, ...cells.map((cell) => cell?.verdict)])).toEqual([
      ['qosst/headerMembers', undefined, 'pass'],
      ['qosst/unauthenticAnswered', 'fail', 'pass'],
    ]);
  });

  it('are told apart where they have the same name', () => {
    const { columns } = matrixOf([first, first], topics);
    expect(columns.map(({ name }) => name)).toEqual(['qosst://a', 'qosst://a (2)']);
  });

  it('are shown where they are not right', () => {
    expect(matrixLines(matrixOf([first, second], topics), screen).join('\n'))
      .toMatchInlineSnapshot(`
      "A  qosst://a: qosst alice, exit 0
      B  qosst://b: qosst alice, exit 0

      topic            A         B
      qosst/challenge  fail 1/2  pass
      1 topic passes wherever tested"
    `);
  });

  it('are whole in Markdown', () => {
    const text = matrixMarkdown(matrixOf([first, second], topics));
    expect(text).toContain('| `qosst/challenge` | fail 1/2 | pass |');
    expect(text).toContain('| `qosst/framing` | pass | - |');
  });
});

describe('who will understand whom', () => {
  const meet = (alice: Parameters<typeof run>[2], bob: Parameters<typeof run>[2]) =>
    matrixOf([run('alice', 'A', alice), run('bob', 'B', bob)], topics).meetings[0];

  it.each([
    ['differ', 'fails', { seen: ['first=odd'] }, { seen: ['first=third'] }],
    ['differ', 'fails', { seen: ['first=odd'] }, { pinned: { first: 'usual' } }],
    ['agree', 'agrees', { seen: ['first=odd'] }, { seen: ['first=odd'] }],
    ['agree', 'agrees', { seen: ['first=odd', 'first=third'] }, { pinned: { first: 'third' } }],
    ['oneSided', 'mayFail', { seen: ['first=odd'] }, {}],
    ['oneSided', 'mayFail', {}, { pinned: { first: 'odd' } }],
  ] as const)('%s: %s', (standing, prediction, alice, bob) => {
    const meeting = meet(alice, bob);
    expect(meeting).toMatchObject({ server: 'A', client: 'B', prediction, unknown: 2 });
    expect(meeting?.questions).toMatchObject([{ ambiguity: 'qosst/first', standing }]);
  });

  it.each([
    [{ last: 'odd' }, { last: 'usual' }, 'goTogether', 'agrees'],
    [{ last: 'odd' }, { last: 'third' }, 'goTogether', 'agrees'],
    [{ last: 'third' }, { last: 'odd' }, 'differ', 'fails'],
    [{ last: 'third' }, {}, 'oneSided', 'mayFail'],
    [{}, { last: 'odd' }, 'oneSided', 'mayFail'],
    [{ last: 'odd' }, {}, undefined, 'unknown'],
  ])('lets readings go together that do: %j with %j', (server, client, standing, prediction) => {
    const meeting = meet({ pinned: server }, { pinned: client });
    expect(meeting?.prediction).toBe(prediction);
    expect(meeting?.questions[0]?.standing).toBe(standing);
  });

  it('is unknown where neither has shown anything, or only what is assumed', () => {
    expect(meet({}, {})).toMatchObject({ prediction: 'unknown', questions: [], unknown: 3 });
    const usual = { pinned: { first: 'usual' } };
    expect(meet(usual, {})).toMatchObject({ prediction: 'unknown', questions: [], unknown: 2 });
  });

  it('fails at one question, however many are agreed on', () => {
    const seen = ['first=odd', 'second=odd'];
    const meeting = meet({ seen }, { seen: ['first=odd', 'second=third'] });
    expect(meeting?.prediction).toBe('fails');
    expect(meeting?.questions.map(({ standing }) => standing)).toEqual(['agree', 'differ']);
  });

  it('fails where they speak different dialects, whatever they read', () => {
    const meeting = meet({ seen: ['first=odd'] }, { seen: ['first=odd'], dialect: 'qosst/0.1' });
    expect(meeting).toMatchObject({
      prediction: 'fails',
      dialects: { server: 'qosst/0.2', client: 'qosst/0.1' },
    });
  });

  it('does not ask those of one side, nor of two protocols', () => {
    const [alice, bob] = [run('alice', 'A', {}), run('bob', 'B', {})];
    expect(matrixOf([alice, alice], topics).meetings).toEqual([]);
    const target = { url: 'C', side: 'bob', protocol: 'other' };
    expect(matrixOf([alice, { ...bob, target }], topics).meetings).toEqual([]);
  });

  it('takes no reading from a case that failed: it explains nothing', () => {
    const red = exampleFailure({ reading: ['first=odd'] });
    expect(meet({ results: [red] }, {})?.prediction).toBe('unknown');
  });

  it('is told with the question and both answers', () => {
    const reports = [
      run('alice', 'A', { seen: ['first=odd'] }),
      run('bob', 'B', { pinned: { first: 'usual' } }),
    ];
    const matrix = matrixOf(reports, topics);
    expect(matrixLines(matrix, screen).slice(-8).join('\n')).toMatchInlineSnapshot(`
      "qosst/r  reading  -
      0 topics pass wherever tested

      A with B will fail: they do not speak alike
        they differ: What is first? [qosst/first]
          server  odd (seen): Odd first.
          client  usual (by its profile): first as usual.
        2 questions of which nothing is known"
    `);
    expect(matrixMarkdown(matrix)).toContain('| they differ | What is first? `qosst/first` |');
  });
});
