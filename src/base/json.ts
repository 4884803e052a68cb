import { utf8Text } from './bytes.ts';

/** A JSON value; an integer literal beyond ±(2^53 - 1) is a `bigint`, every other number a `number`. */
export type Json =
  null | boolean | number | bigint | string | readonly Json[] | { readonly [key: string]: Json };

/** What reading JSON gives: the value, or why it is not JSON. */
export type JsonResult = { ok: true; value: Json } | { ok: false; why: string };

/** Python gives up shortly before. */
const nestingLimit = 1000;

/** The limit of Python's `int()`. */
const integerDigitsLimit = 4300;

/**
 * Reads strict JSON (RFC 8259) in strict UTF-8; never throws.
 *
 * Refuses more than 1,000 arrays and objects within each other, and integers of more than 4,300
 * digits. A reason quotes nothing of the text.
 *
 * `unlimited` lifts both limits. `specials` also accepts the literals `NaN`, `Infinity` and `-Infinity`, as Python does. A float
 * too large for a double (`1e400`) is JSON and reads as `Infinity`. `1.0` reads as `1`:
 * JavaScript cannot tell them apart. Of members with the same name the last wins; members whose
 * names are array indices (`"7"`) come first. `__proto__` is a member like any other.
 */
export function parseJson(
  bytes: Uint8Array,
  options: { readonly specials: boolean; readonly unlimited?: boolean },
): JsonResult {
  const text = utf8Text(bytes);
  if (text === null) return { ok: false, why: 'not UTF-8' };
  if (options.unlimited !== true && isNestedTooDeep(text))
    return { ok: false, why: `nested deeper than ${nestingLimit} levels` };
  if (holdsLongInteger(bytes)) return parseExactly(text, options);
  const native = parseNatively(text);
  if (native.ok || !options.specials || !/NaN|Infinity/.test(text)) return native;
  return parseExactly(text, options);
}

/** Whether a JSON value is an object: neither an array nor `null`. */
export function isJsonObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Writes JSON exactly as Python's `json.dumps` does by default: separators `", "` and `": "`,
 * everything but printable ASCII escaped as `\uXXXX`, numbers as Python prints them.
 *
 * Integral numbers within ±(2^53 - 1) print as integers (JavaScript cannot tell 1 from 1.0),
 * integral numbers beyond it as Python's floats, `-0` as `-0.0`. Members whose names are array
 * indices come first, as JavaScript orders them. Values may nest some thousand levels.
 *
 * An infinity prints as `1e400`, unlike Python's `Infinity`: that is JSON, which every reader takes
 * for what it is, and it is how a strict reader met the infinity that we say again. NaN was read by
 * someone who takes Python's literals, and prints as theirs.
 *
 * @see https://docs.python.org/3/library/json.html#json.dumps
 */
export function pythonJson(value: Json): string {
  if (typeof value === 'string') return pythonString(value);
  if (typeof value === 'number') return pythonNumber(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return isJsonObject(value) ? pythonObject(value) : pythonList(value);
}

function pythonObject(object: { readonly [name: string]: Json }): string {
  let text = '{';
  for (const [name, value] of Object.entries(object)) {
    text += `${text.length === 1 ? '' : ', '}${pythonString(name)}: ${pythonJson(value)}`;
  }
  return `${text}}`;
}

function pythonList(list: readonly Json[]): string {
  if (list.length <= run) return `[${pythonRun(list)}]`;
  const runs: string[] = [];
  for (let at = 0; at < list.length; at += run) runs.push(pythonRun(list.slice(at, at + run)));
  return `[${runs.join(', ')}]`;
}

/** Items of a list that are written at once. */
const run = 1024;

function pythonRun(items: readonly Json[]): string {
  return items.every(isPlain) ? items.join(', ') : items.map(pythonJson).join(', ');
}

/** A number that Python and JavaScript print alike. */
function isPlain(value: Json): boolean {
  if (typeof value !== 'number') return false;
  if (Number.isSafeInteger(value)) return !Object.is(value, -0);
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e16 && !Number.isInteger(value);
}

/** Every level takes two brackets, so short texts and texts with few brackets need no walk. */
function isNestedTooDeep(text: string): boolean {
  if (text.length <= 2 * nestingLimit) return false;
  if (openings(text, '[') + openings(text, '{') <= nestingLimit) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > nestingLimit) return true;
  }
  return false;
}

/** How often a bracket opens, strings included; counts no further than needed. */
function openings(text: string, bracket: string): number {
  let count = 0;
  for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
    count += 1;
    if (count > nestingLimit) break;
  }
  return count;
}

const longInteger = 16;

/**
 * Whether there may be an integer literal of 16 digits or more: only such can lie beyond 2^53.
 * Looks at every sixteenth byte, and around it where it is a digit.
 */
function holdsLongInteger(bytes: Uint8Array): boolean {
  for (let probe = longInteger - 1; probe < bytes.length; probe += longInteger) {
    if (!isDigit(bytes[probe])) continue;
    let start = probe;
    while (start > 0 && isDigit(bytes[start - 1])) start -= 1;
    let end = probe + 1;
    while (end < bytes.length && isDigit(bytes[end])) end += 1;
    const isFloat = (start > 0 && bytes[start - 1] === 0x2e) || isFloatTail(bytes[end]);
    if (end - start >= longInteger && !isFloat) return true;
    probe = end - 1;
  }
  return false;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isFloatTail(byte: number | undefined): boolean {
  return byte === 0x2e || byte === 0x65 || byte === 0x45;
}

function parseNatively(text: string, reviver?: Parameters<typeof JSON.parse>[1]): JsonResult {
  try {
    return { ok: true, value: JSON.parse(text, reviver) };
  } catch (error) {
    return { ok: false, why: reason(error) };
  }
}

/** The engine's own words without its quotation of the text, which may be secret. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return message.replace(/(^|, (\.\.\.)?)".*$/s, '') || 'not JSON';
}

/** Numbers with a capital E stand for the special literals while the text is parsed. */
const standIns: Readonly<Record<string, string>> = {
  NaN: '0E0',
  Infinity: '1E0',
  '-Infinity': '-1E0',
};
const standInValues = new Map(
  Object.entries(standIns).map(([literal, source]) => [source, Number(literal)]),
);

/** The slow way: keeps long integers, and reads the special literals through stand-ins. */
function parseExactly(
  text: string,
  { specials, unlimited }: { readonly specials: boolean; readonly unlimited?: boolean },
): JsonResult {
  let isTooLong = false;
  const rewritten = mapOutsideStrings(text, (piece) => {
    isTooLong ||= unlimited !== true && holdsTooLongInteger(piece);
    const lowered = piece.replace(/(?<=\d)E/g, 'e');
    if (!specials) return lowered;
    return lowered.replace(/-?Infinity|NaN/g, (literal) => ` ${standIns[literal]} `);
  });
  if (isTooLong) return { ok: false, why: `an integer of more than ${integerDigitsLimit} digits` };
  return parseNatively(rewritten, (_name: string, value: unknown, context?: Context) => {
    if (typeof value !== 'number' || context?.source === undefined) return value;
    return standInValues.get(context.source) ?? exactNumber(value, context.source);
  });
}

const integerStart = new RegExp(`(?<![\\d.e+-])-?\\d{${integerDigitsLimit + 1}}`, 'gi');

/** Walks the digits itself: an unbounded repetition overflows the stack of the RegExp engine. */
function holdsTooLongInteger(piece: string): boolean {
  for (const { index, 0: start } of piece.matchAll(integerStart)) {
    let end = index + start.length;
    while (isDigit(piece.charCodeAt(end))) end += 1;
    if (!isFloatTail(piece.charCodeAt(end))) return true;
  }
  return false;
}

/** What JSON.parse tells a reviver of a primitive value: its literal. */
interface Context {
  readonly source?: string;
}

function exactNumber(value: number, source: string): number | bigint {
  return Number.isSafeInteger(value) || /[.e]/.test(source) ? value : BigInt(source);
}

function mapOutsideStrings(text: string, change: (piece: string) => string): string {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const start = quote === -1 ? text.length : quote;
    const end = quote === -1 ? text.length : endOfString(text, quote);
    pieces.push(change(text.slice(at, start)), text.slice(start, end));
    at = end;
  }
  return pieces.join('');
}

/** Where the string ends that opens with the quote at `open`: the index after its last quote. */
function endOfString(text: string, open: number): number {
  for (let quote = text.indexOf('"', open + 1); quote !== -1;) {
    let slash = quote - 1;
    while (text[slash] === '\\') slash -= 1;
    if ((quote - slash) % 2 === 1) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return text.length;
}

function pythonString(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Python's `repr` of a float: an exponent below 1e-4 and from 1e16 on, of two digits at least. */
function pythonNumber(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isFinite(value)) return String(value).replace('Infinity', '1e400');
  const size = Math.abs(value);
  if (size >= 1e16 || size < 1e-4) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
