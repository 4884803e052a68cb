import { describe, expect, it } from 'vitest';
import * as items from '#src/protocols/kmip/operations/model/items.ts';
import { enumerations } from '#src/protocols/kmip/registry/enumerations.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import { ttlvBytes } from '#src/protocols/kmip/ttlv/write.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';
import { aesKey, ask, item, message, now, outcomes, testServer, uid } from './talk.ts';

const query = item('Query', [
  items.enumeration(tags.QueryFunction, enumerations.QueryFunction.QueryOperations),
]);

const headerOf = (response: Item) => items.part(response, tags.ResponseHeader);

function versionOf(response: Item): string {
  const version = items.part(headerOf(response), tags.ProtocolVersion);
  const major = items.integerOf(version, tags.ProtocolVersionMajor);
  return `${major}.${items.integerOf(version, tags.ProtocolVersionMinor)}`;
}

/** Whether the message is refused as a whole: one failed item that names no operation. */
function isRefusedWhole(response: Item): boolean {
  const [only, ...more] = items.all(response, tags.BatchItem);
  return more.length === 0 && items.part(only, tags.Operation) === undefined;
}

describe('the version of a message', () => {
  it.each(['1.0', '1.1', '1.2', '1.3', '1.4', '2.0', '2.1'])('%s is echoed', (version) => {
    const response = testServer().ask(message(version, [query]));
    expect(versionOf(response)).toBe(version);
    expect(outcomes(response)).toEqual(['Success']);
    expect(items.dateOf(headerOf(response), tags.TimeStamp)).toBe(now);
  });

  it.each([
    ['1.9', 'InvalidMessage'],
    ['3.0', 'UnsupportedProtocolVersion'],
    ['0.0', 'InvalidMessage'],
    ['-1.2147483647', 'InvalidMessage'],
  ])('%s is refused: %s', (version, reason) => {
    const response = testServer().ask(message(version, [query]));
    expect(outcomes(response)).toEqual([reason]);
    expect(isRefusedWhole(response)).toBe(true);
    expect(versionOf(response)).toBe(version);
  });

  it('is the highest in the refusal, where it is read so', () => {
    const server = testServer({ unsupportedVersion: 'highest' });
    expect(versionOf(server.ask(message('3.0', [query])))).toBe('2.1');
  });

  it('decides whether a Server Correlation Value goes out', () => {
    const has = (version: string) =>
      items.part(
        headerOf(testServer({ serverCorrelation: 'sent' }).ask(message(version, [query]))),
        tags.ServerCorrelationValue,
      ) !== undefined;
    expect(['1.3', '1.4', '2.0'].map(has)).toEqual([false, true, true]);
  });
});

describe('a message that is wrong', () => {
  const refused = (request: Item) => {
    const response = testServer().ask(request);
    expect(isRefusedWhole(response)).toBe(true);
    return outcomes(response)[0];
  };

  it.each([0, -1, 2, 2_147_483_647])('counts %i items of one', (count) => {
    expect(refused(message('2.1', [query], { count }))).toBe('InvalidMessage');
  });

  it('has no items', () => {
    expect(refused(message('2.1', []))).toBe('InvalidMessage');
  });

  it('is no request', () => {
    expect(refused(items.structure(tags.ResponseMessage))).toBe('InvalidMessage');
    expect(refused(items.text(tags.RequestMessage, 'hello'))).toBe('InvalidMessage');
  });

  it('has its header after its items', () => {
    const { value, ...whole } = message('2.1', [query]);
    expect(refused({ ...whole, value: [...value].reverse() })).toBe('InvalidMessage');
  });

  it('has header fields twice, in another order, or of another type', () => {
    const stamp = items.dateTime(tags.TimeStamp, now);
    const order = items.boolean(tags.BatchOrderOption, true);
    expect(refused(message('2.1', [query], { fields: [stamp, stamp] }))).toBe('InvalidMessage');
    expect(refused(message('2.1', [query], { fields: [stamp, order] }))).toBe('InvalidMessage');
    const wrong = items.text(tags.MaximumResponseSize, 'big');
    expect(refused(message('2.1', [query], { fields: [wrong] }))).toBe('InvalidDataType');
  });

  it('has header fields that nobody knows', () => {
    const known = items.text(tags.Comment, 'hello');
    const unknown = items.text(0x54_0001, 'hello');
    expect(refused(message('2.1', [query], { fields: [known] }))).toBe('InvalidField');
    expect(refused(message('2.1', [query], { fields: [unknown] }))).toBe('UnknownTag');
    const ignoring = testServer({ unknownFields: 'ignored' });
    expect(outcomes(ignoring.ask(message('2.1', [query], { fields: [unknown] })))).toEqual([
      'Success',
    ]);
  });

  it('has a correlation value before there were any', () => {
    const fields = [items.text(tags.ClientCorrelationValue, 'a')];
    expect(outcomes(testServer().ask(message('1.4', [query], { fields })))).toEqual(['Success']);
    expect(refused(message('1.3', [query], { fields }))).toBe('InvalidField');
  });

  it('has an unknown way to go on after errors', () => {
    const fields = [items.enumeration(tags.BatchErrorContinuationOption, 7)];
    expect(refused(message('2.1', [query, query], { fields }))).toBe('UnknownEnumeration');
  });
});

describe('an item that is wrong', () => {
  it('asks for an operation that is not done, and is named in the answer', () => {
    const response = ask(testServer(), 'ReCertify', [uid('a')]);
    expect(outcomes(response)).toEqual(['OperationNotSupported']);
    expect(isRefusedWhole(response)).toBe(false);
  });

  it('asks for an operation of a later version', () => {
    const response = ask(testServer(), 'SetAttribute', [uid('a')], { version: '1.4' });
    expect(outcomes(response, '1.4')).toEqual(['OperationNotSupported']);
  });

  it('has its payload before its operation', () => {
    const { value, ...whole } = query;
    const turned = { ...whole, value: [...value].reverse() };
    expect(outcomes(testServer().ask(message('2.1', [turned])))).toEqual(['InvalidMessage']);
    const free = testServer({ fieldOrder: 'free' });
    expect(outcomes(free.ask(message('2.1', [turned])))).toEqual(['Success']);
  });

  it('fails alone: the items before it are done', () => {
    const server = testServer();
    const batch = [item('Create', aesKey()), item('Get', [items.integer(tags.Data, 1)])];
    expect(outcomes(server.ask(message('2.1', batch)))).toEqual(['Success', 'InvalidField']);
    expect(server.state.objects.size).toBe(1);
  });

  it.each([
    [true, 'FeatureNotSupported'],
    [false, 'Success'],
  ])('has an extension, critical: %s', (critical, wanted) => {
    const extension = items.structure(tags.MessageExtension, [
      items.text(tags.VendorIdentification, 'someone'),
      items.boolean(tags.CriticalityIndicator, critical),
      items.structure(tags.VendorExtension),
    ]);
    const extended = { ...query, value: [...query.value, extension] };
    expect(outcomes(testServer().ask(message('2.1', [extended])))).toEqual([wanted]);
  });
});

describe('asynchronous answers', () => {
  it.each([
    ['Mandatory', 'FeatureNotSupported'],
    ['Optional', 'Success'],
    ['Prohibited', 'Success'],
  ] as const)('%s: %s', (wanted, outcome) => {
    const value = enumerations.AsynchronousIndicator[wanted];
    const fields = [items.enumeration(tags.AsynchronousIndicator, value)];
    expect(outcomes(testServer().ask(message('2.1', [query], { fields })))).toEqual([outcome]);
  });

  it('are allowed, not demanded, by the flag of 1.x', () => {
    const fields = [items.boolean(tags.AsynchronousIndicator, true)];
    expect(outcomes(testServer().ask(message('1.4', [query], { fields })))).toEqual(['Success']);
  });
});

describe('Maximum Response Size', () => {
  const limited = (bytes: number, batch: readonly Item[] = [query]) =>
    message('2.1', batch, { fields: [items.integer(tags.MaximumResponseSize, bytes)] });

  it('counts the bytes of TTLV exactly', () => {
    const size = ttlvBytes(testServer().ask(message('2.1', [query])));
    expect(outcomes(testServer().ask(limited(size)))).toEqual(['Success']);
    expect(outcomes(testServer().ask(limited(size - 1)))).toEqual(['ResponseTooLarge']);
  });

  it('takes back what an item did whose answer has no room', () => {
    const server = testServer();
    expect(outcomes(server.ask(limited(100, [item('Create', aesKey())])))).toEqual([
      'ResponseTooLarge',
    ]);
    expect(server.state.objects.size).toBe(0);
  });
});
