import { SaxesParser } from 'saxes';
import { step, stepName } from '../item-path.ts';
import { readHex } from '../written/hex.ts';
import { ProblemLog } from '../problem-log.ts';
import { namingTag } from '../registry/naming-tag.ts';
import { tagNamed } from '../registry/tag-names.ts';
import {
  defaultLimits,
  type Item,
  type Limits,
  type Problem,
  type ReadTree,
  type Tag,
  type Version,
} from '../tree.ts';
import { quoted, readValue, type LeafType } from './read-value.ts';
import { xmlRules, type XmlProblemKind } from './rules.ts';

/** What was read of a document that holds several items. */
export interface ReadItems {
  readonly items: readonly Item[];
  readonly problems: readonly Problem[];
}

/**
 * Reads one item in KMIP's XML; never throws. Entities other than XML's own five are errors, and
 * a document type is not looked at: nothing is expanded or fetched.
 *
 * What breaks a rule of the encoding is told as a problem whose `kind` is one of `rules`. Items
 * whose value cannot be read are left out; after what is no XML nothing is read. `limits.bytes`
 * counts UTF-16 units of the text.
 *
 * @see KMIP Additional Message Encodings 1.0, 5 XML Encoding
 */
export function readXml(text: string, version: Version, limits: Limits = defaultLimits): ReadTree {
  const { items, problems } = new Reading(version, limits).read(text, { wrapper: null });
  return { item: items[0] ?? null, problems };
}

/** Reads all items within the element `KMIP`, as OASIS publishes test cases; else as `readXml`. */
export function readXmlItems(
  text: string,
  version: Version,
  limits: Limits = defaultLimits,
): ReadItems {
  return new Reading(version, limits).read(text, { wrapper: 'KMIP' });
}

const mostDepth = 1000;
const mostItems = 500_000;

/** An element that has begun: a structure whose items are collected, or a leaf, which has none. */
interface Open {
  readonly tag: Tag;
  readonly unknownName: string | undefined;
  readonly items: Item[] | null;
}

class Reading {
  readonly #version: Version;
  readonly #limits: Limits;
  readonly #log = new ProblemLog(xmlRules);
  readonly #open: Open[] = [];
  readonly #items: Item[] = [];
  readonly #parser = new SaxesParser();
  #wrapper: string | null = null;
  #isWrapped = false;
  /** From here on nothing is read: it is no XML, or there are too many items. */
  #isBroken = false;
  #itemCount = 0;
  /** How many elements are open that are passed over, with all within them. */
  #passedOver = 0;

  constructor(version: Version, limits: Limits) {
    this.#version = version;
    this.#limits = limits;
  }

  read(text: string, { wrapper }: { readonly wrapper: string | null }): ReadItems {
    this.#wrapper = wrapper;
    if (text.length > this.#limits.bytes) {
      this.#tell('tooLong', `${text.length} characters`);
      return { items: [], problems: this.#log.problems };
    }
    if (!text.isWellFormed()) {
      // The parser throws at some of them.
      this.#tell('notXml', 'a lone surrogate');
      return { items: [], problems: this.#log.problems };
    }
    this.#listen();
    this.#parser.write(text).close();
    // What is open when the text breaks off is kept as far as it came.
    while (this.#open.length > 0) this.#close();
    if (this.#items.length === 0 && this.#log.problems.length === 0)
      this.#tell('noItem', 'no item');
    return { items: this.#items, problems: this.#log.problems };
  }

  #listen(): void {
    const parser = this.#parser;
    // The parser's own table inherits from Object: `&constructor;` would be an entity.
    parser.ENTITIES = Object.assign(Object.create(null), entities);
    parser.on('error', (error) => {
      if (!this.#isBroken) this.#tell('notXml', error.message);
      this.#isBroken = true;
    });
    parser.on('doctype', () => this.#tell('documentType', 'a document type'));
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
    parser.on('opentag', ({ name, attributes }) => this.#begin(name, attributes));
    parser.on('closetag', () => this.#end());
  }

  /** Between the items of a test case, OASIS counts its steps in text (`# TIME 0`). */
  #text(text: string): void {
    if (this.#isBroken || this.#passedOver > 0 || this.#open.length === 0) return;
    if (/^[ \t\r\n]*$/.test(text)) return;
    this.#tell('strayText', quoted(text.trim()));
  }

  #begin(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#isBroken) return;
    if (this.#passedOver > 0) {
      this.#passedOver += 1;
      return;
    }
    const isOutermost = this.#open.length === 0;
    if (isOutermost && name === this.#wrapper && !this.#isWrapped) {
      this.#isWrapped = true;
      return;
    }
    const parent = this.#open.at(-1);
    if (parent?.items === null) return this.#passOver('leafWithElements', name);
    if (this.#open.length >= Math.min(this.#limits.depth, mostDepth)) {
      return this.#passOver('tooDeep', name);
    }
    this.#itemCount += 1;
    if (this.#itemCount <= mostItems) return this.#element(name, attributes);
    this.#tell('tooManyItems', `an element ${quoted(name)}`);
    this.#isBroken = true;
  }

  #passOver(kind: XmlProblemKind, name: string): void {
    this.#tell(kind, `an element ${quoted(name)}`);
    this.#passedOver = 1;
  }

  #element(name: string, attributes: Readonly<Record<string, string>>): void {
    const { tag, unknownName } = this.#tagOf(name, attributes);
    const { type = 'Structure', value } = attributes;
    for (const attribute of Object.keys(attributes)) {
      if (isKnown(attribute, name)) continue;
      this.#tell('unknownAttribute', `an attribute ${quoted(attribute)}`, tag);
    }
    const open = { tag, unknownName, items: null };
    if (type === 'Structure') {
      if (value !== undefined) this.#tell('structureValue', quoted(value), tag);
      this.#open.push({ ...open, items: [] });
      return;
    }
    if (!isLeafType(type)) this.#tell('badType', quoted(type), tag);
    else if (value === undefined) this.#tell('missingValue', type, tag);
    else this.#leaf({ tag, unknownName, type, value });
    this.#open.push(open);
  }

  #leaf({ tag, unknownName, type, value }: Leaf): void {
    const before = this.#siblings();
    const version = this.#version;
    const naming = namingTag(tag, version, { before });
    const tell = (kind: XmlProblemKind, found: string) => this.#tell(kind, found, tag);
    const item = readValue(type, value, { tag, naming, version, tell });
    if (item === null) return;
    this.#siblings().push(unknownName === undefined ? item : { ...item, unknownName });
  }

  #tagOf(name: string, { tag, name: told }: Readonly<Record<string, string>>) {
    if (name !== 'TTLV') {
      const known = tagNamed(name, this.#version);
      if (known !== undefined) return { tag: known, unknownName: undefined };
      this.#tell('unknownTag', `an element ${quoted(name)}`);
      return { tag: 0, unknownName: name };
    }
    const hex = readHex(tag ?? '');
    const unknownName = hex?.bits === 0n ? told : undefined;
    if (hex?.digits === 6) return { tag: Number(hex.bits), unknownName };
    this.#tell('badTag', tag === undefined ? 'no tag' : quoted(tag));
    return { tag: 0, unknownName: told };
  }

  #end(): void {
    if (this.#isBroken) return;
    if (this.#passedOver > 0) this.#passedOver -= 1;
    else if (this.#open.length > 0) this.#close();
  }

  #close(): void {
    const closed = this.#open.pop();
    if (closed === undefined || closed.items === null) return;
    const { tag, unknownName, items: value } = closed;
    const item: Item = { tag, type: 'Structure', value };
    this.#siblings().push(unknownName === undefined ? item : { ...item, unknownName });
  }

  /** The items before what is read now. */
  #siblings(): Item[] {
    return this.#open.at(-1)?.items ?? this.#items;
  }

  #tell(kind: XmlProblemKind, found: string, tag?: Tag): void {
    const { position } = this.#parser;
    this.#log.tell(kind, { at: position, found, path: () => this.#path(tag) });
  }

  /** From the root to the item of that tag which is read now, or to the structure around it. */
  #path(tag: Tag | undefined): string {
    const steps = this.#open.map((open, depth) => stepOf(open, this.#open[depth - 1]?.items ?? []));
    return (tag === undefined ? steps : [...steps, step(tag, this.#siblings())]).join('/');
  }
}

interface Leaf {
  readonly tag: Tag;
  readonly unknownName: string | undefined;
  readonly type: LeafType;
  readonly value: string;
}

function stepOf({ tag, unknownName }: Open, before: readonly Item[]): string {
  return tag === 0 ? (unknownName ?? stepName(tag)) : step(tag, before);
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function isKnown(attribute: string, element: string): boolean {
  if (attribute === 'tag') return element === 'TTLV';
  return ['name', 'type', 'value', 'xmlns'].includes(attribute) || attribute.startsWith('xmlns:');
}

const leafTypes: ReadonlySet<string> = new Set<LeafType>([
  ...(['Integer', 'LongInteger', 'BigInteger', 'Enumeration', 'Boolean'] as const),
  ...(['TextString', 'ByteString', 'DateTime', 'Interval', 'DateTimeExtended'] as const),
]);

function isLeafType(type: string): type is LeafType {
  return leafTypes.has(type);
}
