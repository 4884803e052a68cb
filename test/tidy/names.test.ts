import { describe, expect, it } from 'vitest';
import { protocols } from '#src/protocols/index.ts';
import { files, modules } from './sources.ts';

const folders = (under: string) =>
  [
    ...new Set(
      files
        .filter((path) => path.startsWith(`${under}/`))
        .map((path) => path.slice(under.length + 1).split('/'))
        .filter((parts) => parts.length > 1)
        .map(([first = '']) => first),
    ),
  ].toSorted();

const rooms = folders('models').filter((name) => name !== 'language');

describe('the machinery', () => {
  /** A door of one protocol may name it. */
  const machinery = modules('src').filter(
    ({ path }) => !/^src\/(?:protocols|cli|doors)\//.test(path),
  );

  it('was read', () => expect(machinery.length).toBeGreaterThan(50));

  it.each(protocols.map(({ name }) => name))('never says %s', (name) => {
    const naming = machinery.filter(({ told }) => told.toLowerCase().includes(name.toLowerCase()));
    expect(naming.map(({ path }) => path)).toEqual([]);
  });

  it('names no side of a protocol, but for the optics, which are about Alice and Bob', () => {
    /** Words of any machinery over a network: where a side is called so, nothing follows from it. */
    const plain: readonly string[] = ['server', 'client'];
    const sides = protocols
      .flatMap(({ model }) => model.sides)
      .filter((side) => !plain.includes(side));
    const naming = machinery
      .filter(({ path }) => !path.startsWith('src/optics/'))
      .filter(({ told }) => sides.some((side) => new RegExp(`\\b${side}\\b`, 'i').test(told)));
    expect(naming.map(({ path }) => path)).toEqual([]);
  });

  it('says a protocol in the command line only in examples, never in code', () => {
    const cli = modules('src/cli');
    const names = protocols.map(({ name }) => name);
    const naming = cli.filter(({ code }) => names.some((name) => code.includes(name)));
    expect(cli.length).toBeGreaterThan(20);
    expect(naming.map(({ path }) => path)).toEqual([]);
  });
});

describe('the rooms', () => {
  it('are the same in models, in src/protocols and in the list of protocols', () => {
    expect(folders('src/protocols')).toEqual(rooms);
    expect(protocols.map(({ name }) => name).toSorted()).toEqual(rooms);
    expect(protocols.map(({ model }) => model.protocol).toSorted()).toEqual(rooms);
  });

  it.each(rooms)('have the same shape: models/%s', (room) => {
    const wanted = ['messages', 'requirements', 'ambiguities', 'conversation', 'session', 'index'];
    const missing = wanted
      .map((name) => `models/${room}/${name}.ts`)
      .filter((path) => !files.includes(path));
    expect(missing).toEqual([]);
    expect(files.filter((path) => path.startsWith(`models/${room}/phases/`))).not.toEqual([]);
  });

  it.each(protocols.map(({ name, model }) => ({ name, sides: model.sides })))(
    'have the same shape: src/protocols/$name',
    ({ name, sides }) => {
      const room = `src/protocols/${name}`;
      const wanted = [
        ...['index.ts', 'cases/index.ts', 'mutants/index.ts'],
        ...sides.map((side) => `reference/${side}.ts`),
      ];
      expect(wanted.filter((path) => !files.includes(`${room}/${path}`))).toEqual([]);
      expect(files.some((path) => path.startsWith(`${room}/codec`))).toBe(true);
    },
  );

  it('are listed by src/protocols/index.ts and by no other file of the machinery', () => {
    const doors = modules('src/doors').map(({ path }) => path);
    const listing = modules('src').filter(
      ({ path, imports }) =>
        !doors.includes(path) &&
        imports.some(({ from }) => /^src\/protocols\/[^/]+\/index\.ts$/.test(from)),
    );
    expect(listing.map(({ path }) => path)).toEqual(['src/protocols/index.ts']);
  });
});
