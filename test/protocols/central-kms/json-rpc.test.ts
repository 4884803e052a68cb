import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '#src/base/json.ts';
import { rpcEntry, sameId } from '#src/protocols/central-kms/json-rpc.ts';

function entry(text: string) {
  const read = parseJson(Buffer.from(text), { specials: false });
  if (!read.ok) throw new TypeError(read.why);
  return rpcEntry(read.value);
}

const call = (members: string) => `{"jsonrpc": "2.0", ${members}}`;

describe('a JSON-RPC object', () => {
  it.each([
    [call('"method": "m", "id": "1"'), 'request'],
    [call('"method": "m", "id": 1'), 'request'],
    [call('"method": "m", "id": null'), 'request'],
    [call('"method": "m"'), 'notification'],
    [call('"result": null, "id": 1'), 'result'],
    [call('"error": {"code": 1, "message": ""}, "id": null'), 'error'],
  ])('%s is a good %s', (text, kind) => {
    expect(entry(text)).toMatchObject({ kind, problems: [] });
  });

  it.each([
    ['[]', 'invalid', 'object'],
    ['1', 'invalid', 'object'],
    ['{"jsonrpc": "1.0", "method": "m", "id": 1}', 'request', 'version'],
    ['{"method": "m"}', 'notification', 'version'],
    [call('"method": 1, "id": 1'), 'invalid', 'method'],
    [call('"method": "rpc.m", "id": 1'), 'request', 'reserved'],
    [call('"method": "m", "params": "p", "id": 1'), 'request', 'params'],
    [call('"method": "m", "params": null, "id": 1'), 'request', 'params'],
    [call('"method": "m", "id": []'), 'invalid', 'id'],
    [call('"method": "m", "id": true'), 'invalid', 'id'],
    [call('"method": "m", "id": 1.5'), 'request', 'idFraction'],
    [call('"result": 1'), 'invalid', 'idMissing'],
    [call('"result": 1, "error": {"code": 1, "message": ""}, "id": 1'), 'error', 'both'],
    [call('"id": 1'), 'invalid', 'neither'],
    [call('"error": 1, "id": 1'), 'error', 'error'],
    [call('"error": {"code": 1.5, "message": ""}, "id": 1'), 'error', 'errorCode'],
    [call('"error": {"code": "1", "message": ""}, "id": 1'), 'error', 'errorCode'],
    [call('"error": {"code": 1}, "id": 1'), 'error', 'errorMessage'],
  ])('%s is %s: %s', (text, kind, code) => {
    const got = entry(text);
    expect(got.kind).toBe(kind);
    expect(got.problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('keeps an id that is beyond 2^53, and one that could be read in something invalid', () => {
    expect(entry(call('"method": "m", "id": 9007199254740993'))).toMatchObject({
      id: 9007199254740993n,
    });
    expect(entry(call('"method": 1, "id": "x"'))).toMatchObject({ id: 'x' });
  });

  it('is told for any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(entry(JSON.stringify(value)).kind).toBeTypeOf('string');
      }),
    );
  });
});

describe('two ids', () => {
  it('are the same in value and in type', () => {
    expect(sameId('1', '1')).toBe(true);
    expect(sameId('1', 1)).toBe(false);
    expect(sameId(null, null)).toBe(true);
    expect(sameId(undefined, undefined)).toBe(false);
  });
});
