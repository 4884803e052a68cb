/** What was seen then beside what is seen today: the same but for what is made anew. */

/** What today's values are that the peer makes anew in every session, by those of then. */
export const today = new Map();
const then = new Map();
/** Words that we have said, then and today: what is returned must be returned again. */
const ours = { before: new Set(), now: new Set() };

/** Texts whose values are compared by nothing: when something was said. */
const isTime = (text) => /^\d{4}-\d\d-\d\dT[\d:.]+|^1\d{9}$|^\w{3}, \d\d \w{3} \d{4} /.test(text);
/** Values that look drawn: of the same length they may be others. */
const isDrawn = (text) =>
  /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text) ||
  (/^(?:[\da-f]{2}){8,}$/i.test(text) && /\d/.test(text)) ||
  (/^[\w+/-]{12,}={0,2}$/.test(text) && /\d/.test(text) && /[a-z]/i.test(text));

const isItem = (name) => /^[\da-f]{6}$/.test(name);

/** The words of a part, each with the name of the member that it stands in. */
function wordsOf(name, bytes) {
  const text = bytes.toString('latin1');
  const raw = /[^\t\r\n -~\x80-\xff]/.test(text);
  /** Values of items are named by the six digits of their tag. */
  if (raw || isItem(name)) return [{ name, text, raw }];
  const words = [];
  let member = name;
  let tag = null;
  for (const [word] of text.matchAll(
    /"(?:[^"\\]|\\.)*"|(?:[^\s"{}[\],:=<>]|=(?!"))+|[{}[\],:=<>]/g,
  )) {
    const isQuoted = word.startsWith('"');
    const bare = isQuoted ? word.slice(1, -1) : word;
    if (word === ':' || word === '=') {
      const key = words.pop();
      if (key === undefined) continue;
      member = key.text === 'value' && tag !== null ? tag : key.text;
      words.push({ name: 'name', text: key.text, isQuoted: key.isQuoted });
    } else {
      if (member === 'tag' || words.at(-1)?.text === '<') tag = bare;
      words.push({ name: member, text: bare, isQuoted });
    }
  }
  return words;
}

/** All words of a frame. */
function wordsIn(frame) {
  const words = [];
  wire.rewrite(frame, (name, bytes) => (words.push(...wordsOf(name, bytes)), bytes), tools);
  return words;
}

/** The texts of members, by their names. */
function keep(words, members) {
  for (const { name, text, isQuoted } of words) if (isQuoted === true) members.set(name, text);
}

/** What is different in a frame of today; `null`: nothing that matters. Learns its new values. */
export function difference(seen, heard) {
  const [before, now] = [seen, heard].map(wordsIn);
  keep(before, tools.heard.before);
  keep(now, tools.heard.now);
  for (const [index, word] of before.entries()) {
    const other = now[index];
    const at = `${nameOf(word)}: then ${shown(word)}, now ${other === undefined ? 'nothing' : shown(other)}`;
    if (other === undefined) return at;
    if (other.name !== word.name)
      return `then ${nameOf(word)} ${shown(word)}, now ${nameOf(other)} ${shown(other)}`;
    if (other.isQuoted !== word.isQuoted || !agree(word, other)) return at;
  }
  return now.length > before.length ? `${now.length - before.length} words more than then` : null;
}

function agree({ name, text, raw }, { text: other, raw: otherRaw }) {
  const kind = finding.fresh[name] ?? finding.fresh[name.toLowerCase()];
  if (kind === 'same') return text === other;
  if (kind === 'any' || (isTime(text) && isTime(other))) return true;
  const isSized = text.length === other.length;
  const isFresh =
    kind === 'id' ||
    (kind === 'sized' && isSized) ||
    (isSized && !raw && isDrawn(text) && isDrawn(other)) ||
    (isSized && raw === true && otherRaw === true && text.length >= 8);
  if (!isFresh) return text === other;
  if (ours.before.has(text)) return other === (today.get(text) ?? text);
  if (ours.now.has(other)) return false;
  if (today.has(text)) return today.get(text) === other;
  if (then.has(other)) return then.get(other) === text;
  today.set(text, other);
  then.set(other, text);
  return true;
}

const nameOf = ({ name }) => (isItem(name) ? `item ${name}` : name);

/** Short values are no keys. */
function shown({ text, raw, isQuoted }) {
  if (hides && text.length > 8) return `${text.length} characters`;
  const told = raw === true ? Buffer.from(text, 'latin1').toString('hex') : text;
  const short = told.length > 60 ? `${told.slice(0, 60)}… (${told.length})` : told;
  return isQuoted === true ? `"${short}"` : short;
}

/** What was said then, with today's values in it. */
export function renewed(bytes) {
  const frames = [];
  let rest = bytes;
  for (let end = wire.cut(rest, http); end > 0; end = wire.cut(rest, http)) {
    const before = rest.subarray(0, end);
    const now = wire.rewrite(before, replaced, tools);
    for (const { text } of wordsIn(before)) ours.before.add(text);
    for (const { text } of wordsIn(now)) ours.now.add(text);
    frames.push(now);
    rest = rest.subarray(end);
  }
  return Buffer.concat([...frames, rest]);
}

function replaced(name, bytes) {
  let text = bytes.toString('latin1');
  if (today.has(text)) return Buffer.from(today.get(text), 'latin1');
  for (const [before, now] of today) {
    if (before === now) continue;
    text = text.split(`"${before}"`).join(`"${now}"`);
    if (before.length >= 8) text = text.split(before).join(now);
  }
  return Buffer.from(text, 'latin1');
}
