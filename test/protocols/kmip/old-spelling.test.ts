import { describe, expect, it } from 'vitest';
import { contentOf, messageOf } from '#src/protocols/kmip/content.ts';
import { readTtlv } from '#src/protocols/kmip/ttlv/read.ts';
import { writeTtlv } from '#src/protocols/kmip/ttlv/write.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Fields } from '#models/kmip/index.ts';
import type { Structure } from '#src/protocols/kmip/tree.ts';
import { goldenMessages } from './golden-messages.ts';

const header = {
  ProtocolVersion: { ProtocolVersionMajor: 1, ProtocolVersionMinor: 4 },
  BatchCount: 1,
};

function written(Operation: string, RequestPayload: Fields): Structure {
  const content = { RequestHeader: header, BatchItem: [{ Operation, RequestPayload }] };
  return messageOf(tags.RequestMessage, content, '1.4');
}

/** What stands in the payload of a message, without its spelling. */
function payloadOf({ value }: Structure): unknown {
  const item = value.find(({ tag }) => tag === tags.BatchItem);
  const children = item?.type === 'Structure' ? item.value : [];
  const payload = children.find(({ tag }) => tag === tags.RequestPayload);
  return payload?.type === 'Structure' ? payload.value : undefined;
}

function asked(content: Fields): unknown {
  const items = content['BatchItem'];
  const [item]: unknown[] = Array.isArray(items) ? items : [];
  return Object(item)['RequestPayload'];
}

const text = (tag: number, value: string) => ({ tag, type: 'TextString', value });
const attribute = (name: string, ...rest: readonly object[]) => ({
  tag: tags.Attribute,
  type: 'Structure',
  value: [text(tags.AttributeName, name), ...rest],
});

describe('the spelling of KMIP 1.x', () => {
  it('gives back what OASIS wrote, but for indexes of zero', () => {
    expect(goldenMessages.length).toBeGreaterThan(30);
    for (const { ttlv: hex } of goldenMessages) {
      const { item } = readTtlv(Buffer.from(hex, 'hex'));
      if (item?.type !== 'Structure') throw new Error('no message');
      const again = messageOf(item.tag, contentOf(item, '1.4'), '1.4');
      expect(Buffer.from(writeTtlv(again)).toString('hex')).toBe(hex.toLowerCase());
    }
  });

  it('puts attributes into templates, and into Locate without one', () => {
    const attributes = { CryptographicAlgorithm: 'AES', Name: [name('a'), name('b')] };
    const create = written('Create', { ObjectType: 'SymmetricKey', Attributes: attributes });
    expect(payloadOf(create)).toMatchObject([
      { tag: tags.ObjectType },
      {
        tag: tags.TemplateAttribute,
        value: [
          attribute('Cryptographic Algorithm', { tag: tags.AttributeValue, type: 'Enumeration' }),
          attribute('Name', { tag: tags.AttributeValue }),
          attribute('Name', { tag: tags.AttributeIndex, value: 1 }, { tag: tags.AttributeValue }),
        ],
      },
    ]);
    expect(asked(contentOf(create, '1.4'))).toEqual({
      ObjectType: 'SymmetricKey',
      Attributes: attributes,
    });
    const locate = written('Locate', { MaximumItems: 1, Attributes: { State: 'Active' } });
    expect(payloadOf(locate)).toMatchObject([
      { tag: tags.MaximumItems },
      attribute('State', { tag: tags.AttributeValue, value: 2 }),
    ]);
    expect(payloadOf(written('Locate', { Attributes: {} }))).toEqual([]);
    expect(asked(contentOf(written('Locate', { Attributes: {} }), '1.4'))).toEqual({
      Attributes: {},
    });
  });

  it('names attributes by text, those of clients with x-', () => {
    const AttributeReference = [
      'OperationPolicyName',
      { type: 'Structure', value: { VendorIdentification: 'x', AttributeName: 'own' } },
      { type: 'TextString', value: 'No Such Attribute' },
    ];
    const message = written('GetAttributes', { UniqueIdentifier: '1', AttributeReference });
    expect(payloadOf(message)).toEqual([
      text(tags.UniqueIdentifier, '1'),
      text(tags.AttributeName, 'Operation Policy Name'),
      text(tags.AttributeName, 'x-own'),
      text(tags.AttributeName, 'No Such Attribute'),
    ]);
    expect(asked(contentOf(message, '1.4'))).toEqual({ UniqueIdentifier: '1', AttributeReference });
  });

  it('says which of several values an attribute replaces', () => {
    const payload = { NewAttribute: { Name: name('a') }, AttributeIndex: 2 };
    const message = written('ModifyAttribute', payload);
    expect(payloadOf(message)).toMatchObject([
      attribute('Name', { tag: tags.AttributeIndex, value: 2 }, { tag: tags.AttributeValue }),
    ]);
    expect(asked(contentOf(message, '1.4'))).toEqual(payload);
  });

  it('leaves out an identifier that is the placeholder', () => {
    expect(payloadOf(written('Activate', { UniqueIdentifier: 'IDPlaceholder' }))).toEqual([]);
  });

  it('keeps an attribute that is none as it was written', () => {
    const Attribute = { AttributeName: 'Nonsense', AttributeValue: { type: 'Integer', value: 1 } };
    const message = written('AddAttribute', { NewAttribute: { Attribute } });
    expect(payloadOf(message)).toMatchObject([
      attribute('Nonsense', { tag: tags.AttributeValue, type: 'Integer', value: 1 }),
    ]);
    const content = contentOf(message, '1.4');
    expect(messageOf(tags.RequestMessage, content, '1.4')).toEqual(message);
  });

  it('writes the Asynchronous Indicator as a Boolean', () => {
    const RequestHeader = { ...header, AsynchronousIndicator: 'Mandatory' };
    const message = messageOf(tags.RequestMessage, { RequestHeader, BatchItem: [] }, '1.4');
    expect(message.value[0]).toMatchObject({
      value: [{}, {}, { tag: tags.AsynchronousIndicator, type: 'Boolean', value: true }],
    });
  });
});

function name(NameValue: string): Fields {
  return { NameValue, NameType: 'UninterpretedTextString' };
}
