import { requirements } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { rowsOf, table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { createActive, ask, askGood, reading, requestOf, say, stillServes } from './saying.ts';

const { jsonSyntax, jsonObjects, jsonTypes, jsonValues, jsonTags, jsonLargeNumbers } = requirements;
const { jsonRepaired, badMessageRefused, goodServed, staysUp, depthLimited, xmlSyntax } =
  requirements;

type Rewrite = (text: string) => string;

interface Form {
  readonly about: Requirement;
  readonly rewrite: Rewrite;
}

const form = (about: Requirement, rewrite: Rewrite): Form => ({ about, rewrite });
const replaced =
  (from: string | RegExp, to: string): Rewrite =>
  (text) =>
    text.replace(from, to);
const everywhere =
  (from: RegExp, to: string): Rewrite =>
  (text) =>
    text.replaceAll(from, to);

/** The same message in other words: all of them are to be read. */
const good: Readonly<Record<string, Form>> = {
  'blanks-and-lines': form(jsonSyntax, (text) => JSON.stringify(JSON.parse(text), null, 4)),
  'type-of-structure': form(
    jsonTypes,
    everywhere(/"tag":"(\w+)","value":\[/g, '"tag":"$1","type":"Structure","value":['),
  ),
  'tags-in-hex': form(jsonTags, replaced('"RequestHeader"', '"0x420077"')),
  'tags-in-hex-upper': form(jsonTags, replaced('"BatchCount"', '"0x42000D"')),
  'integer-as-number': form(jsonValues, replaced(/"0x00000001"/, '1')),
  'integer-as-hex': form(jsonValues, (text) => text),
  'enumeration-as-hex': form(
    jsonValues,
    replaced('"type":"Enumeration","value":"Query"', '"type":"Enumeration","value":"0x00000018"'),
  ),
  'enumeration-as-number': form(
    jsonValues,
    replaced('"type":"Enumeration","value":"Query"', '"type":"Enumeration","value":24'),
  ),
  'name-key': form(jsonObjects, everywhere(/\{"tag":"(\w+)",/g, '{"tag":"$1","name":"a name",')),
  'value-before-type': form(
    jsonObjects,
    everywhere(/"type":"(\w+)","value":("[^"]*")/g, '"value":$2,"type":"$1"'),
  ),
  'tag-last': form(
    jsonObjects,
    everywhere(
      /"tag":"(\w+)","type":"(\w+)","value":("[^"]*")/g,
      '"type":"$2","value":$3,"tag":"$1"',
    ),
  ),
  'escaped-names': form(jsonSyntax, replaced('"tag":"BatchItem"', '"t\\u0061g":"B\\u0061tchItem"')),
};

/** Texts that are no JSON, or no message. */
const bad: Readonly<Record<string, Form>> = {
  empty: form(jsonSyntax, () => ' '),
  'no-json': form(jsonSyntax, () => 'RequestMessage'),
  null: form(jsonObjects, () => 'null'),
  number: form(jsonObjects, () => '42'),
  'empty-object': form(jsonObjects, () => '{}'),
  'empty-array': form(jsonObjects, () => '[]'),
  cut: form(jsonSyntax, (text) => text.slice(0, -2)),
  'single-quotes': form(jsonSyntax, (text) => text.replaceAll('"', "'")),
  'text-behind': form(jsonSyntax, (text) => `${text}{}`),
  'two-messages': form(jsonSyntax, (text) => `${text}${text}`),
  'trailing-comma': form(jsonSyntax, (text) => `${text.slice(0, -2)},]}`),
  comment: form(jsonSyntax, (text) => `/* a request */${text}`),
  'type-unknown': form(jsonTypes, replaced('"type":"Integer"', '"type":"Whole"')),
  'type-missing': form(jsonTypes, replaced('"type":"Integer",', '')),
  'type-of-other-case': form(jsonTypes, replaced('"type":"Integer"', '"type":"integer"')),
  'type-number': form(jsonTypes, replaced('"type":"Integer"', '"type":2')),
  'tag-missing': form(jsonObjects, replaced('"tag":"BatchCount",', '')),
  'tag-twice': form(
    jsonObjects,
    replaced('"tag":"BatchCount"', '"tag":"BatchCount","tag":"BatchCount"'),
  ),
  'value-twice': form(jsonObjects, replaced('"tag":"BatchCount"', '"value":1,"tag":"BatchCount"')),
  'value-missing': form(
    jsonObjects,
    replaced(
      /"tag":"BatchCount","type":"Integer","value":"\w+"/,
      '"tag":"BatchCount","type":"Integer"',
    ),
  ),
  'tag-unknown': form(jsonTags, replaced('"BatchCount"', '"NumberOfItems"')),
  'tag-hex-short': form(jsonTags, replaced('"BatchCount"', '"0x42D"')),
  'tag-number': form(jsonTags, replaced('"tag":"BatchCount"', '"tag":4325389')),
  'value-null': form(
    jsonValues,
    replaced(
      /"tag":"BatchCount","type":"Integer","value":"\w+"/,
      '"tag":"BatchCount","type":"Integer","value":null',
    ),
  ),
  'value-true': form(
    jsonValues,
    replaced(
      /"tag":"BatchCount","type":"Integer","value":"\w+"/,
      '"tag":"BatchCount","type":"Integer","value":true',
    ),
  ),
  'value-array': form(
    jsonValues,
    replaced(
      /"tag":"BatchCount","type":"Integer","value":"\w+"/,
      '"tag":"BatchCount","type":"Integer","value":[1]',
    ),
  ),
  'integer-short-hex': form(
    jsonValues,
    replaced(
      /"tag":"BatchCount","type":"Integer","value":"\w+"/,
      '"tag":"BatchCount","type":"Integer","value":"0x1"',
    ),
  ),
  'integer-beyond-32-bits': form(
    jsonValues,
    replaced(
      /"tag":"BatchCount","type":"Integer","value":"\w+"/,
      '"tag":"BatchCount","type":"Integer","value":4294967297',
    ),
  ),
  'integer-fraction': form(
    jsonValues,
    replaced(
      /"tag":"BatchCount","type":"Integer","value":"\w+"/,
      '"tag":"BatchCount","type":"Integer","value":1.5',
    ),
  ),
  'integer-beyond-doubles': form(
    jsonLargeNumbers,
    replaced(
      /"tag":"BatchCount","type":"Integer","value":"\w+"/,
      '"tag":"BatchCount","type":"LongInteger","value":9007199254740993',
    ),
  ),
  'enumeration-unknown': form(jsonValues, replaced('"value":"Query"', '"value":"Ask"')),
  'structure-as-object': form(
    jsonValues,
    replaced(/"tag":"RequestPayload","value":\[(.*?)\]/, '"tag":"RequestPayload","value":{"a":1}'),
  ),
  'structure-as-text': form(
    jsonValues,
    replaced(/"tag":"RequestPayload","value":\[(.*?)\]/, '"tag":"RequestPayload","value":"none"'),
  ),
  'nested-2000': form(
    depthLimited,
    replaced(
      /"tag":"RequestPayload","value":\[(.*?)\]/,
      `"tag":"RequestPayload","value":[${'{"tag":"0x4202ff","value":['.repeat(2000)}${']}'.repeat(2000)}]`,
    ),
  ),
  'brackets-20000': form(depthLimited, () => '['.repeat(20_000)),
};

/** What some readers repair. */
const repaired: Readonly<Record<string, Form>> = {
  'byte-order-mark': form(jsonRepaired, (text) => `\uFEFF${text}`),
  'unknown-key': form(
    jsonRepaired,
    replaced('"tag":"BatchItem"', '"comment":"none","tag":"BatchItem"'),
  ),
  'integer-as-1.0': form(
    jsonRepaired,
    replaced(
      /"tag":"BatchCount","type":"Integer","value":"\w+"/,
      '"tag":"BatchCount","type":"Integer","value":1.0',
    ),
  ),
};

function rewritten(rewrite: Rewrite) {
  return (bytes: Uint8Array): Uint8Array =>
    Buffer.from(rewrite(Buffer.from(bytes).toString('utf8')), 'utf8');
}

function sayIt(player: KmipPlayer, { rewrite }: Form) {
  return say(player, requestOf(player, [reading]), { written: rewritten(rewrite) });
}

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(good, (one, name) => ({
    title: `JSON is read in every form of the standard: ${name.replaceAll('-', ' ')}`,
    covers: [goodServed, one.about],
    play: async (player) => stillServes(player, await sayIt(player, one)),
  })),
  ...rowsOf(bad, (one, name) => ({
    title: `JSON that is wrong is refused: ${name.replaceAll('-', ' ')}`,
    covers: [badMessageRefused, one.about, staysUp],
    tags: ['hostile'],
    play: async (player) => stillServes(player, await sayIt(player, one)),
  })),
  ...rowsOf(repaired, (one, name) => ({
    title: `JSON that some repair is read or refused: ${name.replaceAll('-', ' ')}`,
    covers: [one.about, staysUp],
    tags: ['hostile'],
    play: async (player) => stillServes(player, await sayIt(player, one)),
  })),
  'structure-as-null': {
    title: 'JSON is read in every form of the standard: null for a structure without fields',
    covers: [goodServed, jsonValues],
    play: async (player) => {
      const empty = replaced(
        '"tag":"RequestPayload","value":[]',
        '"tag":"RequestPayload","value":null',
      );
      const content = requestOf(player, [['DiscoverVersions', {}]]);
      await stillServes(player, await say(player, content, { written: rewritten(empty) }));
    },
  },
  'mask-of-names': {
    title: 'A mask is read as names and as hex',
    covers: [jsonValues, requirements.requestedAttributesSet],
    play: async (player) => {
      const id = await createActive(player);
      await ask(player, 'GetAttributes', {
        UniqueIdentifier: id,
        AttributeReference: 'CryptographicUsageMask',
      });
    },
  },
};

const xml: Readonly<Record<string, readonly [Rewrite, isGood: boolean]>> = {
  declaration: [(text) => `<?xml version="1.0" encoding="UTF-8"?>\n${text}`, true],
  'blanks-between': [everywhere(/></g, '>\n  <'), true],
  comment: [(text) => `<!-- a request -->${text}`, true],
  cut: [(text) => text.slice(0, -4), false],
  'end-tag-other': [replaced('</RequestMessage>', '</Request>'), false],
  'attribute-unquoted': [replaced(/value="(\w+)"/, 'value=$1'), false],
  'two-roots': [(text) => `${text}${text}`, false],
  entity: [
    (text) => `<!DOCTYPE a [<!ENTITY b "c">]>${text.replace('type="Integer"', 'type="&b;"')}`,
    false,
  ],
  'tag-unknown': [everywhere(/BatchCount/g, 'NumberOfItems'), false],
};

const xmlRows = rowsOf(xml, ([rewrite, isGood], name) => ({
  title: `XML is read or refused: ${name.replaceAll('-', ' ')}`,
  covers: [xmlSyntax, isGood ? goodServed : badMessageRefused],
  tags: isGood ? [] : ['hostile'],
  play: async (player) =>
    stillServes(
      player,
      await say(player, requestOf(player, [reading]), { written: rewritten(rewrite) }),
    ),
}));

const behindReconnect: Row = {
  title: 'JSON is served on every connection',
  covers: [requirements.jsonEndpoint, goodServed],
  play: async (player) => {
    await askGood(player);
    await player.reconnect('reset');
    await askGood(player);
  },
};

/** What a server makes of the texts of messages. */
export const textCases: readonly KmipCase[] = [
  ...table('json', { against: 'server' }, { ...rows, 'on-two-connections': behindReconnect }).map(
    (one) => ({ ...one, dialects: ['kmip/json'] }),
  ),
  ...table('xml', { against: 'server' }, xmlRows).map((one) => ({
    ...one,
    dialects: ['kmip/xml'],
  })),
];
