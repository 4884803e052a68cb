import { describe, expect, it } from 'vitest';
import { newConversation, type Request } from '#models/kmip/index.ts';
import { refusedAlone } from '#models/kmip/bare.ts';
import { newObject } from '#models/kmip/world.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { messageAround, operationIn } from '#src/protocols/kmip/bare.ts';
import { request, type Asking } from '#src/protocols/kmip/contents.ts';
import { messageOf } from '#src/protocols/kmip/content.ts';
import { HttpFrameReader } from '#src/protocols/kmip/http-frames.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { oasis } from '#src/protocols/kmip/json/dialects/oasis.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import { parseTargetUrl } from '#src/cli/target-url.ts';

const get: Asking = ['Get', { UniqueIdentifier: '1' }];
const message = (...items: readonly Asking[]) =>
  messageOf(tags.RequestMessage, request(items), '2.1');

/** A request of HTTP as a reader cuts it. */
function posted(target: string, body: string, type = 'application/json') {
  const head = `POST ${target} HTTP/1.1\r\nHost: h\r\nContent-Type: ${type}\r\n`;
  const text = `${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const [frame] = new HttpFrameReader(oasis).push(Buffer.from(text));
  return frame;
}

const getAlone =
  '{"tag":"Get","value":[{"tag":"UniqueIdentifier","type":"TextString","value":"1"}]}';

describe('an operation without a message around it', () => {
  it('is the message that it stands for, and back', () => {
    const alone = operationIn(message(get));
    expect(alone).toMatchObject({ tag: 0, unknownName: 'Get' });
    expect(messageAround({ item: alone, problems: [] })?.item).toEqual(message(get));
  });

  it.each([
    ['several items', message(get, ['Query', { QueryFunction: 'QueryOperations' }])],
    [
      'a field of the header',
      messageOf(tags.RequestMessage, request([get], '2.1', { MaximumResponseSize: 9 }), '2.1'),
    ],
    ['another version', messageOf(tags.RequestMessage, request([get], '2.0'), '2.0')],
    ['an operation without a name', message(['0x80000001', {}])],
  ])('is none where %s would be lost', (_, said) => expect(operationIn(said)).toBe(null));

  it('is read at /kmip/2_1, whatever its Content-Type says', () => {
    for (const type of ['application/json', 'text/plain']) {
      expect(posted('/kmip/2_1', getAlone, type)).toMatchObject({
        bare: true,
        problems: [],
        tree: { item: message(get) },
      });
    }
  });

  it('is no message at /kmip', () => {
    const frame = posted('/kmip', getAlone);
    expect(frame?.bare).toBe(false);
    expect(frame?.problems.map(({ kind }) => kind)).toEqual(['unknownTag']);
  });

  it('has a path of its own in the URL of a target', () => {
    const { dialects } = parseTargetUrl('kmip+http://h:1/kmip/2_1', [kmip]);
    expect(dialects?.[0]).toBe('kmip/bare');
    expect(parseTargetUrl('kmip+http://h:1/kmip', [kmip]).dialects?.[0]).toBe('kmip/json');
    expect(() => parseTargetUrl('kmip+http://h:1/kmip/2_0', [kmip])).toThrow(
      /another path than \/kmip or \/kmip\/2_1/,
    );
  });
});

describe('a status of HTTP to an operation posted alone', () => {
  const { readings } = settingsFor(kmip, { dialect: 'kmip/bare' });
  const bare = newConversation({ readings });
  const known = newObject('1', 'SymmetricKey', { Description: 'a key' });
  const context = { ...bare, world: { ...bare.world, objects: [known] } };

  const misfitOf = (status: number, asked: Asking, served: readonly string[] = []) => {
    const content = request([asked]);
    const alone: Request = { content, fault: null, item: null, reasons: [], bare: true };
    const event = { type: 'server.httpRefused', content: { status } } as const;
    const { misfit } = refusedAlone({ context: { ...context, served }, request: alone, event });
    return misfit?.requirement.id ?? null;
  };

  const absent: Asking = ['Get', { UniqueIdentifier: '2' }];
  const again: Asking = [
    'AddAttribute',
    { UniqueIdentifier: '1', NewAttribute: { Description: 'it' } },
  ];

  it.each([400, 401, 403, 404, 405, 409, 410, 422, 500, 501])(
    'may be %i where its object is not there',
    (status) => expect(misfitOf(status, absent)).toBe(null),
  );

  it.each([200, 204, 302, 100])('is not %i', (status) =>
    expect(misfitOf(status, absent)).toBe('kmip/bareAnswered'),
  );

  it.each([400, 404, 409, 422, 500])('is not %i where it must succeed', (status) => {
    for (const asked of [get, ['DiscoverVersions', {}]] as const) {
      expect(misfitOf(status, asked)).not.toBe(null);
    }
  });

  it('is not 404 where nothing is asked about an object', () => {
    expect(misfitOf(404, ['DiscoverVersions', {}])).toBe('kmip/bareTaken');
  });

  it('tells of the error, unless the operation may not be there at all', () => {
    expect(misfitOf(404, again, ['AddAttribute'])).toBe('kmip/bareStatusFits');
    expect(misfitOf(404, again)).toBe(null);
    expect(misfitOf(422, again, ['AddAttribute'])).toBe(null);
  });
});
