import { messages, requirements, type MessageName } from '#models/etsi-004/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Dice, FrameOp } from '#src/contract/fuzz.ts';
import type { Making } from '#src/contract/protocol.ts';
import type { Etsi004Bend } from './codec.ts';
import { contents } from './contents.ts';
import { jsonText } from '#src/wire/json-text.ts';

/** Other ways to write the same content, or nearly the same. */
type Rewriting = (text: string, dice: Dice) => string;

const form = (decides: Requirement, rewrite: Rewriting): FrameOp<Etsi004Bend> => ({
  decides,
  bend(dice, { message, making }) {
    const text = textOf(message, making);
    return text === null ? {} : { body: Buffer.from(rewrite(text, dice), 'utf8') };
  },
});

/** The canonical content of a message as it is written; `null` where it has none. */
function textOf(message: string, making: Making): string | null {
  const name: MessageName | null = isName(message) ? message : null;
  const content = name === null ? undefined : contents(name, making)[0];
  return content === undefined ? null : jsonText(content);
}

function isName(message: string): message is MessageName {
  return Object.hasOwn(messages, message);
}

/** One of the matches in a text, written otherwise. */
function oneOf(text: string, pattern: RegExp, change: (found: string) => string, at = 0): string {
  const all = [...text.matchAll(pattern)];
  const chosen = all[at % Math.max(1, all.length)];
  if (chosen === undefined) return text;
  const [found] = chosen;
  return text.slice(0, chosen.index) + change(found) + text.slice(chosen.index + found.length);
}

const numbers = /(?<=[:[,])-?\d+(?=[,}\]])/g;
const ids = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi;
const firstMember = /"[^"]+":(?:"[^"]*"|-?\d+|null)/g;
const bufferText = /(?<="key_buffer":")[^"]*/g;

const numberForms: readonly ((digits: string) => string)[] = [
  (digits) => `${digits}.0`,
  (digits) => `${digits}e0`,
  (digits) => `${digits}0E-1`,
  () => '1e3',
  () => '-0',
  () => '4294967296',
  (digits) => `"${digits}"`,
  (digits) => `0${digits}`,
  (digits) => `+${digits}`,
];
const idForms: readonly ((id: string) => string)[] = [
  (id) => id.toUpperCase(),
  (id) => `{${id}}`,
  (id) => `urn:uuid:${id}`,
  (id) => id.replaceAll('-', ''),
  (id) => ` ${id}`,
  (id) => `${id}0`,
  () => '00000000-0000-0000-0000-000000000000',
];
const keyForms: readonly ((key: string) => string)[] = [
  (key) => key.replaceAll('+', '-').replaceAll('/', '_'),
  (key) => key.replace(/=+$/, ''),
  (key) => `${key.slice(0, 4)} ${key.slice(4)}`,
  (key) => `${key.slice(0, 4)}\\n${key.slice(4)}`,
  (key) => `${key}====`,
  (key) => key.slice(1),
  (key) => `${key.slice(0, -2)}!!`,
  () => '',
  (key) => key.repeat(2000),
];
const wraps: readonly ((text: string) => string)[] = [
  (text) => JSON.stringify(JSON.parse(text), null, 2),
  (text) => `\ufeff${text}`,
  (text) => ` \t\r\n${text}\n`,
  (text) => `[${text}]`,
  (text) => `${text}${text}`,
  (text) => `${text.slice(0, -1)},"x":${'['.repeat(200)}${']'.repeat(200)}}`,
  (text) => `${text.slice(0, -1)},"x":"${'y'.repeat(100_000)}"}`,
];

/** Ways to write a content as hardly anybody does: numbers, UUIDs, keys, members, white space. */
export const writtenForms = {
  numberForm: form(requirements.qosTypes, (text, [which = 0, at = 0]) =>
    oneOf(text, numbers, pick(numberForms, which), at),
  ),
  idForm: form(requirements.streamIdIsUuid, (text, [which = 0]) =>
    oneOf(text, ids, pick(idForms, which)),
  ),
  keyForm: form(requirements.pushContent, (text, [which = 0]) =>
    oneOf(text, bufferText, pick(keyForms, which)),
  ),
  memberTwice: form(requirements.memberNamesUnique, (text, [at = 0]) =>
    oneOf(text, firstMember, (found) => `${found},${found}`, at),
  ),
  memberTwiceOtherwise: form(requirements.memberNamesUnique, (text, [at = 0]) =>
    oneOf(text, firstMember, (found) => `${found.replace(/:.*/, ':null')},${found}`, at),
  ),
  escapes: form(requirements.bodyIsJson, (text, [at = 0]) =>
    oneOf(text, /(?<=")[a-z](?=[a-z_]*":)/g, escaped, at),
  ),
  wrapped: form(requirements.bodyIsJson, (text, [which = 0]) => pick(wraps, which)(text)),
} as const satisfies Readonly<Record<string, FrameOp<Etsi004Bend>>>;

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function pick<T>(list: readonly T[], dice: number): T {
  const chosen = list[dice % list.length];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
}
