import { describe, expect, it } from 'vitest';
import { readJson } from '#src/protocols/kmip/json/read-json.ts';
import { writeJson } from '#src/protocols/kmip/json/write-json.ts';
import { readTtlv } from '#src/protocols/kmip/ttlv/read.ts';
import { writeTtlv } from '#src/protocols/kmip/ttlv/write.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';
import { goldenMessages } from './golden-messages.ts';

const ofJson = goldenMessages.filter(({ case: name }) => name.startsWith('MSGENC-JSON'));
const printed = ofJson.flatMap(({ json, ...rest }) =>
  json === undefined ? [] : [{ ...rest, json: JSON.stringify(json) }],
);

describe('the JSON messages of KMIP Additional Message Encodings 1.0', () => {
  it('are 12, of which 11 are printed whole', () => {
    expect(ofJson).toHaveLength(12);
    expect(printed).toHaveLength(11);
  });

  it.each(printed)('give the bytes of $case, step $step', ({ json, ttlv }) => {
    const { item, problems } = readJson(json, '1.4');
    expect(problems).toEqual([]);
    expect(hexOf(item)).toBe(ttlv);
  });

  it.each(printed)('are written from the bytes of $case, step $step', ({ json, ttlv }) => {
    const { item } = readTtlv(Buffer.from(ttlv, 'hex'));
    expect(item && writeJson(item, '1.4')).toBe(json);
  });

  it('say the time of the bytes in 1.1, where the XML says another', () => {
    const odd = ofJson.filter(({ note }) => note?.includes('TimeStamp'));
    expect(odd.map(({ case: name, step }) => `${name} ${step}`)).toEqual([
      'MSGENC-JSON-M-1-11 1',
      'MSGENC-JSON-M-1-11 3',
    ]);
    for (const { json, ttlv } of odd)
      expect(hexOf(readJson(JSON.stringify(json), '1.4').item)).toBe(ttlv);
  });

  it('give the bytes of 1.0, step 0, which lacks its last brackets in print', () => {
    const { ttlv, note } = ofJson.find(({ json }) => json === undefined) ?? { ttlv: '' };
    expect(note).toContain('closing brackets missing');
    const { item } = readTtlv(Buffer.from(ttlv, 'hex'));
    const whole = item === null ? '' : writeJson(item, '1.4');
    const last = /[\]}]+$/.exec(whole)?.[0].length ?? 0;
    expect(last).toBeGreaterThan(5);
    for (let lacking = 1; lacking <= last; lacking += 1) {
      const mended = readJson(whole.slice(0, -lacking), '1.4');
      expect(mended.problems.map(({ kind }) => kind)).toEqual(
        Array.from({ length: lacking }, () => 'missingBracket'),
      );
      expect(hexOf(mended.item)).toBe(ttlv);
    }
  });
});

function hexOf(item: Item | null): string | null {
  return item && Buffer.from(writeTtlv(item)).toString('hex');
}
