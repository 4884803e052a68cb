/** Changes what lies on the wire. */
export type Rewrite = (bytes: Uint8Array) => Uint8Array;

/** The bytes of an item of binary TTLV changed, from its tag on. */
function at(tag: string, change: (item: Buffer) => void): Rewrite {
  return (bytes) => {
    const changed = Buffer.from(bytes);
    const place = changed.indexOf(Buffer.from(tag, 'hex'));
    if (place < 0) throw new Error(`no item has the tag ${tag}`);
    change(changed.subarray(place));
    return changed;
  };
}

const tags = { message: '420078', header: '420077', count: '42000d', payload: '420079' };
const [typeAt, lengthAt, valueAt] = [3, 4, 8];
const longer = (tag: string, by: number) =>
  at(tag, (item) => item.writeUInt32BE(item.readUInt32BE(lengthAt) + by, lengthAt));

/** What can be wrong within a message of binary TTLV, in words: «a message in which …». */
export const ttlvFaults: Readonly<Record<string, Rewrite>> = {
  'an Integer has three bytes': at(tags.count, (item) => item.writeUInt32BE(3, lengthAt)),
  'a type is unknown': at(tags.count, (item) => item.writeUInt8(0x0c, typeAt)),
  'a tag is that of nobody': at(tags.count, (item) => item.writeUInt8(0x41, 0)),
  'the payload is longer than what holds it': longer(tags.payload, 8),
  'the header is not a multiple of eight': longer(tags.header, 4),
  'the count is cut off': at(tags.count, (item) => item.writeUInt32BE(0xffff_fff8, lengthAt)),
};

/** After which nobody can tell where the next message begins, in words: «a stream in which …». */
export const streamFaults: Readonly<Record<string, Rewrite>> = {
  'the message says it is eight bytes longer': longer(tags.message, 8),
  'the message says it has two gigabytes': at(tags.message, (item) =>
    item.writeUInt32BE(0x7fff_fff8, lengthAt),
  ),
  'the message is an Integer': at(tags.message, (item) => item.writeUInt8(2, typeAt)),
  'there are only zeros': (bytes) => new Uint8Array(bytes.length + valueAt),
  'there is a request of HTTP': () => Buffer.from('GET / HTTP/1.1\r\nHost: kmip\r\n\r\n'),
};

function text(change: (text: string) => string): Rewrite {
  return (bytes) => Buffer.from(change(Buffer.from(bytes).toString('utf8')), 'utf8');
}

const replaced = (from: string | RegExp, to: string) => text((said) => said.replace(from, to));
const commas = text((said) => said.replace(/[\]}]/g, (bracket) => `,${bracket}`));

/** How JSON can be written, in words: «JSON that …». */
export const jsonForms: Readonly<Record<string, Rewrite>> = {
  'has its tags in hex': replaced('"BatchCount"', '"0x42000D"'),
  'has its types behind its values': replaced(
    /"type":"(\w+)","value":("[^"]*")/,
    '"value":$2,"type":"$1"',
  ),
  'is written over many lines': text((said) => JSON.stringify(JSON.parse(said), null, 4)),
  'names the type of structures': text((said) =>
    said.replaceAll(/"tag":"(\w+)","value":\[/g, '"tag":"$1","type":"Structure","value":['),
  ),
  'is cut off': text((said) => said.slice(0, -3)),
  'has a comma before each closing bracket': commas,
  'has no type of its Integers': replaced('"type":"Integer",', ''),
  'has a tag that nobody knows': replaced('"BatchCount"', '"NumberOfItems"'),
  'has an Integer of 33 bits': replaced(
    /"tag":"BatchCount","type":"Integer","value":("\w+"|\d+)/,
    '"tag":"BatchCount","type":"Integer","value":4294967297',
  ),
  'is followed by another message': text((said) => said + said),
  'calls a BatchItem BtachItem': replaced('"tag":"BatchItem"', '"tag":"BtachItem"'),
};
