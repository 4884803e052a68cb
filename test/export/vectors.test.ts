import { describe, expect, it } from 'vitest';
import { vectors } from '#src/export/vectors.ts';
import { vectorsSchema } from '#src/export/vectors-schema.ts';
import { validator } from '#src/wire/schema.ts';
import { playedCase, shown } from '../exhibit/played.ts';
import { Script } from '../judge/script.ts';

describe('test vectors of traces', () => {
  const good = shown(new Script().identified().closed('player').trace()).exhibit;
  const bad = shown(
    new Script()
      .bob('identificationRequest', { bytes: (frame) => frame.with(10, (frame[10] ?? 0) ^ 1) })
      .trace(),
  ).exhibit;
  const found = vectors([good, good, bad]);

  it('fit their schema, which is kept', async () => {
    expect(validator(vectorsSchema)(found)).toEqual([]);
    expect(validator(vectorsSchema)({ ...found, numberOfTests: -1 })).not.toEqual([]);
    const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...vectorsSchema };
    const file = '../../fixtures/schemas/vectors.schema.json';
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it('hold each frame once, by who said it', () => {
    expect(found.numberOfTests).toBe(3);
    expect(found.testGroups.map(({ side, tests }) => `${side} ${tests.length}`)).toEqual([
      'bob 2',
      'alice 1',
    ]);
    const ids = found.testGroups.flatMap(({ tests }) => tests.map(({ tcId }) => tcId));
    expect(new Set(ids).size).toBe(3);
  });

  it('say of a broken frame what it breaks, and explain that once', () => {
    const tests = found.testGroups.flatMap((group) => group.tests);
    const invalid = tests.filter(({ result }) => result === 'invalid');
    expect(invalid).toHaveLength(1);
    const [{ requirement, flags } = { requirement: '', flags: [] }] = invalid;
    expect(flags[0]).toBe(requirement);
    expect(Object.keys(found.notes)).toEqual(flags);
    expect(found.notes[requirement ?? '']?.links[0]).toMatch(/^qosst-control-protocol, /);
    expect(tests.filter(({ result }) => result === 'valid')).toHaveLength(2);
  });

  it('call acceptable what its receiver may pass over', async () => {
    const target = 'reference:kmip/server';
    const { exhibit } = await playedCase(target, 'kmip/lifecycle/destroyed-get');
    const [step] = exhibit.steps.filter(({ frame }) => frame !== null);
    if (step?.frame === undefined || step.frame === null) throw new Error('no frame');
    const [flaw] = bad.steps.flatMap(({ frame }) => frame?.flaws ?? []);
    if (flaw === undefined) throw new Error('no flaw');
    const frame = { ...step.frame, flaws: [{ ...flaw, tolerable: true as const }] };
    const { testGroups } = vectors([{ ...exhibit, steps: [{ ...step, frame }] }]);
    expect(testGroups[0]?.tests[0]?.result).toBe('acceptable');
  });

  it('say that they hold key material', async () => {
    const { exhibit } = await playedCase(
      'reference:etsi-004/qkd-device',
      'etsi-004/opening/id-in-use-while-pushing',
    );
    expect(vectors([exhibit]).header.join(' ')).toContain('It holds key material in clear');
    expect(found.header.join(' ')).not.toContain('key material in clear');
  });
});
