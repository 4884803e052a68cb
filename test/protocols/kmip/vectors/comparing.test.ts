import { describe, expect, it } from 'vitest';
import { seededRandom } from '#src/base/random.ts';
import { answer } from '#src/protocols/kmip/operations/message/answer.ts';
import { newServer } from '#src/protocols/kmip/operations/model/server.ts';
import { enumerations } from '#src/protocols/kmip/registry/enumerations.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';
import { newMemory } from '#src/protocols/kmip/vectors/memory.ts';
import { readTestCase } from '#src/protocols/kmip/vectors/read-test-case.ts';
import {
  runFiles,
  type FileVerdict,
  type TestCaseFile,
} from '#src/protocols/kmip/vectors/run-files.ts';
import { startTestCase } from '#src/protocols/kmip/vectors/run-test-case.ts';

const now = 1_800_000_000n;

const header = (kind: 'Request' | 'Response') => `<${kind}Header>
  <ProtocolVersion>
    <ProtocolVersionMajor type="Integer" value="2"/><ProtocolVersionMinor type="Integer" value="1"/>
  </ProtocolVersion>
  ${kind === 'Response' ? '<TimeStamp type="DateTime" value="$NOW"/>' : ''}
  <BatchCount type="Integer" value="1"/></${kind}Header>`;

const pair = (operation: string, asked: string, answered: string) => `
<RequestMessage>${header('Request')}<BatchItem>
  <Operation type="Enumeration" value="${operation}"/>
  <RequestPayload>${asked}</RequestPayload></BatchItem></RequestMessage>
<ResponseMessage>${header('Response')}<BatchItem>
  <Operation type="Enumeration" value="${operation}"/>
  <ResultStatus type="Enumeration" value="Success"/>
  <ResponsePayload>${answered}</ResponsePayload></BatchItem></ResponseMessage>`;

const uid = '<UniqueIdentifier type="TextString" value="$UNIQUE_IDENTIFIER_0"/>';
const aes = '<ObjectType type="Enumeration" value="SymmetricKey"/>';
const key = (material: string) => `<SymmetricKey><KeyBlock>
  <KeyFormatType type="Enumeration" value="Raw"/>
  <KeyValue><KeyMaterial type="ByteString" value="${material}"/></KeyValue>
  <CryptographicAlgorithm type="Enumeration" value="AES"/>
  <CryptographicLength type="Integer" value="128"/></KeyBlock></SymmetricKey>`;
const brought = '0123456789abcdef0123456789abcdef';

const registered = `<KMIP>
${pair('Register', `${aes}<Attributes><ActivationDate type="DateTime" value="$NOW-3600"/></Attributes>${key(brought)}`, uid)}
${pair('Get', uid, `${aes}${uid}${key(brought)}`)}
${pair('GetAttributes', `${uid}<AttributeReference type="Enumeration" value="State"/>`, `${uid}<Attributes><State type="Enumeration" value="Active"/></Attributes>`)}
</KMIP>`;

/** Runs a test case against the engine; `spoil` bends what it answers. */
function differences(text: string, spoil: (response: Item) => Item = (same) => same) {
  const server = newServer();
  const random = seededRandom(1);
  const testCase = readTestCase(text, now);
  expect(testCase.problems).toEqual([]);
  let step = startTestCase(testCase, newMemory);
  while (step.kind === 'send') {
    step = step.take(spoil(answer(step.request, server, { now, random })));
  }
  return step.verdict.pairs.flatMap((one) => one.differences);
}

/** Changes each item of a tree that `act` changes; `null` leaves it out. */
function bent(item: Item, act: (item: Item) => Item | null): Item | null {
  const changed = act(item);
  if (changed?.type !== 'Structure') return changed;
  return { ...changed, value: changed.value.flatMap((part) => bent(part, act) ?? []) };
}

const spoiled = (act: (item: Item) => Item | null) =>
  differences(registered, (response) => bent(response, act) ?? response);

const only = (tag: number, act: (item: Item) => Item | null) => (item: Item) =>
  item.tag === tag ? act(item) : item;

describe('a test case', () => {
  it('passes where all is as it shows', () => {
    expect(differences(registered)).toEqual([]);
  });

  it.each([
    ['another moment', only(tags.TimeStamp, (item) => ({ ...item, type: 'DateTime', value: 1n }))],
    [
      'a message for humans',
      (item: Item) =>
        item.tag === tags.BatchItem && item.type === 'Structure'
          ? {
              ...item,
              value: item.value.flatMap((part): Item[] =>
                part.tag === tags.ResultStatus
                  ? [part, { tag: tags.ResultMessage, type: 'TextString', value: 'fine' }]
                  : [part],
              ),
            }
          : item,
    ],
    [
      'one attribute more',
      only(tags.Attributes, (item) =>
        item.type === 'Structure'
          ? {
              ...item,
              value: [{ tag: tags.Comment, type: 'TextString', value: 'a' }, ...item.value],
            }
          : item,
      ),
    ],
    [
      'another format of its choice',
      only(tags.KeyFormatType, (item) => ({
        ...item,
        type: 'Enumeration',
        value: 7,
      })),
    ],
  ] satisfies [string, (item: Item) => Item | null][])('permits %s', (_what, act) => {
    expect(spoiled(act)).toEqual([]);
  });

  it.each([
    ['a failure', only(tags.ResultStatus, (item) => ({ ...item, type: 'Enumeration', value: 1 }))],
    [
      'another key',
      only(tags.KeyMaterial, (item) => ({
        ...item,
        type: 'ByteString',
        value: new Uint8Array(16),
      })),
    ],
    ['another state', only(tags.State, (item) => ({ ...item, type: 'Enumeration', value: 1 }))],
    ['another type', only(tags.State, (item) => ({ ...item, type: 'Integer', value: 2 }))],
    [
      'another version',
      only(tags.ProtocolVersionMinor, (item) => ({
        ...item,
        type: 'Integer',
        value: 0,
      })),
    ],
    ['a field less', only(tags.ObjectType, () => null)],
    ['an attribute less', only(tags.State, () => null)],
    ['a time stamp less', only(tags.TimeStamp, () => null)],
    [
      'fields in another order',
      only(tags.ResponsePayload, (item) =>
        item.type === 'Structure' ? { ...item, value: item.value.toReversed() } : item,
      ),
    ],
    [
      'an item twice',
      (item: Item) =>
        item.tag === tags.ResponseMessage && item.type === 'Structure'
          ? { ...item, value: [...item.value, ...item.value.slice(1)] }
          : item,
    ],
    [
      'a reason with a success',
      only(tags.ResultStatus, (item) => ({
        ...item,
        tag: tags.ResultReason,
      })),
    ],
  ] satisfies [string, (item: Item) => Item | null][])('does not permit %s', (_what, act) => {
    expect(spoiled(act)).not.toEqual([]);
  });

  it('does not permit another identifier than it was before', () => {
    let count = 0;
    const changing = only(tags.UniqueIdentifier, (item) => {
      count += 1;
      return count === 1 ? item : { ...item, type: 'TextString', value: 'another' };
    });
    expect(spoiled(changing).join()).toContain('$UNIQUE_IDENTIFIER_0');
  });

  it('lets the server choose the keys that it makes', () => {
    const attributes = `<Attributes>
      <CryptographicAlgorithm type="Enumeration" value="AES"/>
      <CryptographicLength type="Integer" value="128"/>
      <CryptographicUsageMask type="Integer" value="Encrypt"/></Attributes>`;
    const created = `<KMIP>${pair('Create', `${aes}${attributes}`, `${aes}${uid}`)}
      ${pair('Get', uid, `${aes}${uid}${key(brought)}`)}</KMIP>`;
    expect(differences(created)).toEqual([]);
  });

  it('lets chance choose random bytes, but not how many', () => {
    const asked = '<DataLength type="Integer" value="4"/>';
    const answered = (hex: string) =>
      `<KMIP>${pair('RNGRetrieve', asked, `<Data type="ByteString" value="${hex}"/>`)}</KMIP>`;
    expect(differences(answered('01020304'))).toEqual([]);
    expect(differences(answered('0102030405'))).not.toEqual([]);
  });

  it('says what it could not read', () => {
    const testCase = readTestCase('<KMIP><RequestMessage/><Nonsense/></KMIP>', now);
    expect(testCase.problems.length).toBeGreaterThan(0);
  });
});

describe('what Query tells', () => {
  const functions = '<QueryFunction type="Enumeration" value="QueryOperations"/>';
  const operations = (...names: readonly string[]) =>
    names.map((name) => `<Operation type="Enumeration" value="${name}"/>`).join('');

  it('may be more, in another order, and less where no profile demands it', () => {
    const shown = `<KMIP>${pair('Query', functions, operations('Locate', 'Query', 'Archive'))}</KMIP>`;
    expect(differences(shown)).toEqual([]);
  });

  it('may not be less than the baseline', () => {
    const shown = `<KMIP>${pair('Query', functions, operations('Locate', 'Query'))}</KMIP>`;
    const { Locate } = enumerations.Operation;
    const silent = (response: Item) =>
      bent(response, (item) =>
        item.tag === tags.Operation && item.value === Locate ? null : item,
      ) ?? response;
    expect(differences(shown, silent)).not.toEqual([]);
  });
});

describe('files', () => {
  const later = `<KMIP>${pair('Locate', '<Attributes/>', uid)}</KMIP>`;
  const queries = `<KMIP>${pair('DiscoverVersions', '', '')}</KMIP>`;

  async function run(files: readonly TestCaseFile[], exchange: (request: Item) => Item) {
    const verdicts: FileVerdict[] = [];
    for await (const one of runFiles(files, { exchange, now: () => now })) verdicts.push(one);
    return verdicts;
  }

  function engine(): (request: Item) => Item {
    const state = newServer();
    const random = seededRandom(1);
    return (request) => answer(request, state, { now, random });
  }

  it('are run in the order of their numbers, on one server', async () => {
    const files = [
      { name: 'A-M-10', text: later },
      { name: 'A-M-9', text: registered },
    ];
    const verdicts = await run(files, engine());
    expect(verdicts.map(({ name, passed }) => [name, passed])).toEqual([
      ['A-M-9', true],
      ['A-M-10', true],
    ]);
  });

  it('go on after one that nobody answers', async () => {
    const sound = engine();
    let count = 0;
    const verdicts = await run(
      [
        { name: '1', text: registered },
        { name: '2', text: later },
      ],
      (request) => {
        count += 1;
        if (count === 2) throw new Error('the connection was closed');
        return sound(request);
      },
    );
    expect(verdicts.map(({ broken, passed }) => [broken, passed])).toEqual([
      ['the connection was closed', false],
      [null, true],
    ]);
    expect(verdicts[0]?.pairs).toHaveLength(1);
  });

  it('fail where nothing in them can be run', async () => {
    const verdicts = await run([{ name: '1', text: '<KMIP/>' }], engine());
    expect(verdicts.map(({ passed }) => passed)).toEqual([false]);
    expect((await run([{ name: '1', text: queries }], engine()))[0]?.passed).toBe(false);
  });
});
