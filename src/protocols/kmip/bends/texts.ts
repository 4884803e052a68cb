import { requirements } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { FrameOp } from '#src/contract/fuzz.ts';
import type { KmipBend } from '../compose.ts';
import { pick } from './trees.ts';

/** Ways to write the same JSON, or nearly: pure, total. */
const jsonWays: readonly ((text: string, at: number) => string)[] = [
  /** The type in front of the tag, and behind the value. */
  (text) => text.replace(/"tag":("[^"]*"),"type":("[^"]*")/g, '"type":$2,"tag":$1'),
  (text, at) => nth(text, /"type":"[^"]*","value":("[^"]*"|[^,{}[\]]+)/g, at, swappedMembers),
  (text, at) => nth(text, /\{"tag":/g, at, () => '{"name":"qkdspec","tag":'),
  (text, at) => nth(text, /\{"tag":/g, at, () => '{"also":[{"tag":"X"}],"tag":'),
  (text, at) => nth(text, /"tag":"[^"]*"/g, at, () => '"tag":"0x42000D"'),
  (text, at) => nth(text, /"tag":"[^"]*"/g, at, () => '"tag":"0x54ABCD"'),
  (text, at) => nth(text, /"tag":"([^"]*)"/g, at, (found) => found.toLowerCase()),
  (text, at) => nth(text, /"tag":"([^"]*)"/g, at, (found) => found.replace('":"', '":" ')),
  (text, at) => nth(text, /"value":\[/g, at, () => '"value":null,"rest":['),
  (text, at) => nth(text, /"value":\[\]/g, at, () => '"value":null'),
  (text, at) => nth(text, /"type":"[^"]*",/g, at, () => ''),
  (text, at) => nth(text, /"type":"[^"]*"/g, at, () => '"type":"Structure"'),
  (text, at) => nth(text, /"type":"[^"]*"/g, at, () => '"type":"integer"'),
  (text, at) => nth(text, /"value":(-?\d+)/g, at, (found) => hexNumber(found, 8)),
  (text, at) => nth(text, /"value":(-?\d+)/g, at, (found) => hexNumber(found, 4)),
  (text, at) => nth(text, /"value":(-?\d+)/g, at, () => '"value":9007199254740993'),
  (text, at) => nth(text, /"value":(-?\d+)/g, at, () => '"value":1.5'),
  (text, at) => nth(text, /"value":(-?\d+)/g, at, () => '"value":1e3'),
  (text, at) => nth(text, /"value":(-?\d+)/g, at, (found) => `${found}.0`),
  (text, at) => nth(text, /"value":(-?\d+)/g, at, (found) => found.replace(/(\d+)$/, '"$1"')),
  (text, at) => nth(text, /"value":(-?\d+)/g, at, (found) => found.replace(':', ':-0')),
  (text, at) => nth(text, /"value":"[^"]*"/g, at, () => '"value":"Encrypt|Decrypt|0x00000004"'),
  (text, at) => nth(text, /"value":"[^"]*"/g, at, () => '"value":"\\ud800"'),
  (text, at) => nth(text, /"value":"[^"]*"/g, at, () => '"value":"\\u0000"'),
  (text, at) =>
    nth(text, /"value":"[^"]*"/g, at, (found) => found.toUpperCase().replace('VALUE', 'value')),
  (text, at) => nth(text, /"value":"[^"]*"/g, at, () => '"value":7'),
  (text, at) => nth(text, /"value":"[^"]*"/g, at, () => '"value":""'),
  (text, at) => nth(text, /"value":(true|false)/g, at, () => '"value":"0x0000000000000001"'),
  (text, at) => nth(text, /"value":(true|false)/g, at, () => '"value":"true"'),
  (text, at) => nth(text, /"tag":("[^"]*")/g, at, (found) => `${found},${found}`),
  (text, at) => nth(text, /"value":("[^"]*"|-?\d+)/g, at, (found) => `${found},${found}`),
  (text, at) => nth(text, /[}\]]/g, at, (found) => `,${found}`),
  (text) => `\ufeff${text}`,
  (text) => `\n\t ${text} \r\n`,
  (text) => `${text}${text}`,
  (text) => `[${text}]`,
  (text) => `/* */${text}`,
  (text) => text.replaceAll('"', "'"),
  (text, at) => text.slice(0, at % (text.length + 1)),
];

/** The same of XML. */
const xmlWays: readonly ((text: string, at: number) => string)[] = [
  (text) => `<?xml version="1.0" encoding="UTF-8"?>\n${text}`,
  (text) => `\ufeff${text}`,
  (text) => `<!DOCTYPE x [<!ENTITY e "e">]>${text}`,
  (text) => `${text}<!-- end -->`,
  (text) => `${text}${text}`,
  (text, at) => nth(text, /type="[^"]*"/g, at, () => 'type="integer"'),
  (text, at) => nth(text, /value="[^"]*"/g, at, () => 'value=""'),
  (text, at) => nth(text, /value="[^"]*"/g, at, () => 'value="&#x41;&lt;&quot;"'),
  (text, at) => nth(text, /value="[^"]*"/g, at, () => 'value="&e;"'),
  (text, at) => nth(text, /value="[^"]*"/g, at, () => "value='1'"),
  (text, at) => nth(text, /value="(-?\d+)"/g, at, () => 'value="0x00000001"'),
  (text, at) => nth(text, /value="(-?\d+)"/g, at, () => 'value="1e3"'),
  (text, at) => nth(text, /\/>/g, at, () => ' also="x"/>'),
  (text, at) => nth(text, /\/>/g, at, () => '>'),
  (text, at) => nth(text, />/g, at, () => '>text'),
  (text, at) => nth(text, />/g, at, () => '><![CDATA[x]]>'),
  (text, at) => nth(text, /<(\w+)/g, at, (found) => found.toLowerCase()),
  (text, at) => text.slice(0, at % (text.length + 1)),
];

/** The text with one of what is found replaced. */
function nth(text: string, wanted: RegExp, at: number, change: (found: string) => string): string {
  const found = [...text.matchAll(wanted)];
  const one = found[at % Math.max(1, found.length)];
  if (one === undefined) return text;
  return text.slice(0, one.index) + change(one[0]) + text.slice(one.index + one[0].length);
}

function swappedMembers(found: string): string {
  const [, type = '', value = ''] = /^("type":"[^"]*"),(.*)$/.exec(found) ?? [];
  return `${value},${type}`;
}

function hexNumber(found: string, digits: number): string {
  const number = Number(found.slice('"value":'.length));
  return `"value":"0x${(number >>> 0).toString(16).padStart(digits, '0')}"`;
}

function ofText(decides: Requirement): FrameOp<KmipBend> {
  return {
    decides,
    bend: ([which = 0, at = 0]) => ({
      written(bytes, encoding) {
        if (encoding === 'ttlv') return bytes;
        const ways = encoding === 'json' ? jsonWays : xmlWays;
        return Buffer.from(pick(ways, which)(Buffer.from(bytes).toString('utf8'), at), 'utf8');
      },
    }),
  };
}

/** Bends of messages that are texts; of those in binary TTLV none. */
export const textBends = {
  text: ofText(requirements.jsonValues),
} as const satisfies Readonly<Record<string, FrameOp<KmipBend>>>;
