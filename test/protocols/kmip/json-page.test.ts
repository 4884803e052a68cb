import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#src/base/random.ts';
import { cosmianPage } from '#src/protocols/kmip/json/dialects/cosmian-page.ts';
import { readJson } from '#src/protocols/kmip/json/read-json.ts';
import { writeJson } from '#src/protocols/kmip/json/write-json.ts';
import { answer } from '#src/protocols/kmip/operations/message/answer.ts';
import { newServer } from '#src/protocols/kmip/operations/model/server.ts';
import { readTtlv } from '#src/protocols/kmip/ttlv/read.ts';
import { writeTtlv } from '#src/protocols/kmip/ttlv/write.ts';
import type { Item, ReadTree } from '#src/protocols/kmip/tree.ts';

const file = new URL('../../../../shared/documents/002_471c14aa7f053ed5.txt', import.meta.url);
const isThere = existsSync(file);
const lines = isThere ? readFileSync(file, 'utf8').split('\n') : [];

/** Lines of the document, counted from 1; those before are empty, so that lines keep their number. */
function part(first: number, last: number): string {
  return '\n'.repeat(first - 1) + lines.slice(first - 1, last).join('\n');
}

describe.runIf(isThere)('the request that document 002 prints', () => {
  const read = readJson(part(17, 115), '2.1', cosmianPage);

  it('is a standard message with both items', () => {
    expect(standard(read)).toEqual({
      RequestMessage: [
        {
          RequestHeader: [
            { ProtocolVersion: [{ ProtocolVersionMajor: 2 }, { ProtocolVersionMinor: 1 }] },
            { MaximumResponseSize: 9999 },
            { BatchCount: 2 },
          ],
        },
        {
          BatchItem: [
            { Operation: 'CreateKeyPair' },
            {
              RequestPayload: [
                {
                  CommonAttributes: [
                    { CryptographicAlgorithm: 'ECDH' },
                    { CryptographicLength: 256 },
                    {
                      CryptographicDomainParameters: [
                        { Qlength: 256 },
                        { RecommendedCurve: 'CURVE25519' },
                      ],
                    },
                    {
                      CryptographicUsageMask: 'Encrypt|Decrypt|WrapKey|UnwrapKey|KeyAgreement',
                    },
                    { KeyFormatType: 'ECPrivateKey' },
                    { ObjectType: 'PrivateKey' },
                  ],
                },
              ],
            },
          ],
        },
        { BatchItem: [{ Operation: 'Locate' }, { RequestPayload: [{ Attributes: [] }] }] },
      ],
    });
  });

  it('tells every repair with its line', () => {
    expect(told(read)).toEqual([
      'tagAlias: line 21: "Header", read as RequestHeader',
      ...commas([29, 33, 34, 39, 43]),
      'nestedBatchItem: line 45: 2 in a batch item',
      'tagAlias: line 49: "Items", read as BatchItem',
      ...commas([54, 64, 68]),
      'tagSpelling: line 73: "QLength", read as Qlength',
      ...commas([75, 79, 80, 81, 85, 89, 93, 94, 95, 96, 110, 111]),
      'missingBracket: line 112: no ]',
      ...commas([112, 113, 114]),
    ]);
    expect(read.problems.every(({ tolerable }) => tolerable === true)).toBe(true);
  });

  it('says where in the text, and where in the message', () => {
    const text = part(17, 115);
    const { at, path } = read.problems.find(({ kind }) => kind === 'tagSpelling') ?? {};
    expect(text.slice(at, (at ?? 0) + 9)).toBe('"QLength"');
    expect(path).toContain('RequestPayload/CommonAttributes/CryptographicDomainParameters/');
    const bracket = read.problems.find(({ kind }) => kind === 'missingBracket');
    expect(text.slice((bracket?.at ?? 0) - 1, (bracket?.at ?? 0) + 1)).toBe('},');
  });

  it('runs on the reference server, which answers what the document prints', () => {
    const request = read.item;
    if (request === null) throw new Error('expected a request');
    const server = newServer();
    const surroundings = { now: 1_800_000_000n, random: seededRandom(1) };
    const answered = outlined(answer(request, server, surroundings));
    const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(answered).toEqual({
      ResponseMessage: [
        { ResponseHeader: expect.arrayContaining([{ BatchCount: 2 }]) },
        {
          BatchItem: [
            { Operation: 'CreateKeyPair' },
            { ResultStatus: 'Success' },
            {
              ResponsePayload: [
                { PrivateKeyUniqueIdentifier: id },
                { PublicKeyUniqueIdentifier: id },
              ],
            },
          ],
        },
        {
          BatchItem: [
            { Operation: 'Locate' },
            { ResultStatus: 'Success' },
            { ResponsePayload: [{ UniqueIdentifier: id }, { UniqueIdentifier: id }] },
          ],
        },
      ],
    });
  });

  it('is refused by the standard as it is', () => {
    const { problems } = readJson(part(17, 115), '2.1');
    const faults = problems.filter(({ tolerable }) => tolerable !== true);
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(
      new Set(['trailingComma', 'missingBracket', 'unknownTag']),
    );
    expect(faults.filter(({ kind }) => kind === 'unknownTag').map(({ path }) => path)).toEqual([
      'RequestMessage/Header',
      'RequestMessage/BatchItem/Items',
      expect.stringContaining('/QLength'),
    ]);
  });
});

describe.runIf(isThere)('the response that document 002 prints', () => {
  const read = readJson(part(116, 200), '2.1', cosmianPage);

  it('is a standard message with both items', () => {
    const [privateKey, publicKey] = [
      '7c293777-794f-41fa-95f2-4f0a3bc730b8',
      '042c8439-16f8-406f-b425-c18a69fb56a7',
    ];
    expect(standard(read)).toEqual({
      ResponseMessage: [
        {
          ResponseHeader: [
            { ProtocolVersion: [{ ProtocolVersionMajor: 2 }, { ProtocolVersionMinor: 1 }] },
            { TimeStamp: '2023-10-31T10:31:43+00:00' },
            { BatchCount: 2 },
          ],
        },
        {
          BatchItem: [
            { Operation: 'CreateKeyPair' },
            { ResultStatus: 'Success' },
            {
              ResponsePayload: [
                { PrivateKeyUniqueIdentifier: privateKey },
                { PublicKeyUniqueIdentifier: publicKey },
              ],
            },
          ],
        },
        {
          // The document forgets the Result Status; a reader does not make one up.
          BatchItem: [
            { Operation: 'Locate' },
            {
              ResponsePayload: [
                { LocatedItems: 2 },
                { UniqueIdentifier: privateKey },
                { UniqueIdentifier: publicKey },
              ],
            },
          ],
        },
      ],
    });
  });

  it('tells every repair with its line', () => {
    expect(told(read)).toEqual([
      'tagAlias: line 120: "Header", read as ResponseHeader',
      ...commas([128, 132]),
      'otherType: line 134: LongInteger, read as DateTime',
      'tagSpelling: line 135: "Timestamp", read as TimeStamp',
      ...commas([137, 141]),
      'nestedBatchItem: line 143: 2 in a batch item',
      'tagAlias: line 147: "Items", read as BatchItem',
      ...commas([152, 156, 163, 167, 168, 169]),
      'tagMistyped: line 171: "BtachItem", read as BatchItem',
      ...commas([183]),
      'wrappedValue: line 184: 2 in a structure',
      ...commas([190, 194, 195, 196, 197, 198, 199]),
    ]);
    expect(read.problems.every(({ tolerable }) => tolerable === true)).toBe(true);
  });
});

describe.runIf(isThere)('both examples in one text, as the page has them', () => {
  it('are the request, and a report of the rest', () => {
    const { item, problems } = readJson(part(17, 200), '2.1', cosmianPage);
    expect(item).toEqual(readJson(part(17, 115), '2.1', cosmianPage).item);
    const rest = problems.find(({ kind }) => kind === 'textAfterEnd');
    expect(rest).toMatchObject({ detail: expect.stringContaining('line 116:') });
    expect(rest).not.toHaveProperty('tolerable');
    const second = '\n'.repeat(115) + part(17, 200).slice(rest?.at);
    expect(told(readJson(second, '2.1', cosmianPage))).toEqual(
      told(readJson(part(116, 200), '2.1', cosmianPage)),
    );
  });
});

function commas(at: readonly number[]): readonly string[] {
  return at.map((line) => `trailingComma: line ${line}: a comma before a closing bracket`);
}

/** What was found, without the rules. */
function told({ problems }: ReadTree): readonly string[] {
  return problems.map(({ kind, detail }) => `${kind}: ${detail.split(';')[0]}`);
}

/** Names and values, after a way through binary TTLV, which knows nothing that is not standard. */
function standard({ item }: ReadTree): unknown {
  const back = item === null ? null : readTtlv(writeTtlv(item));
  expect(back?.problems).toEqual([]);
  return back?.item ? outlined(back.item) : null;
}

function outlined(item: Item): unknown {
  const { tag, value }: { tag: string; value: unknown } = JSON.parse(writeJson(item, '2.1'));
  if (item.type === 'Structure') return { [tag]: item.value.map(outlined) };
  return { [tag]: item.type === 'Integer' && String(value).startsWith('0x') ? item.value : value };
}
