/** What today's values are that the peer makes anew in every session, by those of then. */
const today = new Map();
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
function difference(seen, heard) {
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
function renewed(bytes) {
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

/** A connection: what came and was not looked at yet, and how it ended. */
class Strand {
  held = Buffer.alloc(0);
  ended = null;
  wake = () => {};

  constructor(socket) {
    this.socket = socket;
    socket.on('data', (bytes) => {
      this.held = Buffer.concat([this.held, bytes]);
      this.wake();
    });
    socket.on('end', () => this.end('end'));
    socket.on('error', () => this.end('reset'));
    socket.on('close', () => this.end('end'));
  }

  end(how) {
    this.ended ??= how;
    this.wake();
  }

  /** Waits until something is so; false once nothing more comes, or for too long. */
  async until(holds, limitMs) {
    const lastMs = Date.now() + limitMs;
    while (!holds()) {
      const leftMs = lastMs - Date.now();
      if (this.ended !== null || leftMs <= 0) return holds();
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.wake = () => (clearTimeout(timer), resolve());
      });
    }
    return true;
  }

  /** The next frame; what there is where none is whole. */
  async frame(seen) {
    const isWhole = wire.cut(seen, http) > 0;
    const enough = () =>
      isWhole ? wire.cut(this.held, http) > 0 : this.held.length >= seen.length;
    await this.until(enough, waitMs);
    const size = isWhole ? wire.cut(this.held, http) || this.held.length : seen.length;
    const frame = this.held.subarray(0, size);
    this.held = this.held.subarray(frame.length);
    return frame;
  }
}

const strands = new Map();
/** Connections of sessions that are over. */
let left = 0;
/** Connections that came in and that no step has named, by where they came in. */
const visitors = new Map();

async function strandOf({ strand, opener, end }) {
  const known = strands.get(strand);
  if (known !== undefined) return known;
  const opened = opener === 'player' ? await dialled(end) : await visitor(end);
  if (opened !== null) strands.set(strand, opened);
  return opened;
}

function dialled(end) {
  const place = finding.isServer ? (pushes[end] ?? pushes[0]) : (places[end] ?? places[0]);
  if (place === undefined) throw new Error('where are pushes sent? say --push host:port');
  return new Promise((resolve, reject) => {
    const [host, port] = split(place);
    const socket = secure
      ? tls.connect({ host, port, ...credentials() })
      : net.connect({ host, port });
    socket.once('error', reject);
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      socket.off('error', reject);
      resolve(new Strand(socket));
    });
  });
}

async function visitor(end) {
  const lastMs = Date.now() + (finding.isServer ? 600_000 : waitMs);
  while ((visitors.get(end) ?? []).length === 0) {
    if (Date.now() > lastMs && strands.size + left === 0) throw new Error('nobody connected');
    if (Date.now() > lastMs) return null;
    await sleep(10);
  }
  return visitors.get(end).shift();
}

function listen(place, end) {
  const welcome = (socket) => {
    visitors.set(end, [...(visitors.get(end) ?? []), new Strand(socket)]);
  };
  const server = secure ? tls.createServer(credentials(), welcome) : net.createServer(welcome);
  const [host, port] = split(place);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(`${host}:${server.address().port}`));
  });
}

function credentials() {
  const read = (name) => (flags[name] === undefined ? undefined : fs.readFileSync(flags[name]));
  const [ca, cert, key] = [read('ca'), read('cert'), read('key')];
  return { ca, cert, key, rejectUnauthorized: flags.insecure === undefined };
}

function split(place) {
  const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(place) ?? [];
  if (port === undefined) throw new Error(`'${place}' is no host:port`);
  return [host, Number(port)];
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether the frames of now hold key material: then no value of them is shown. */
let hides = false;

/** Plays one step; says what is different today, or `null`. */
async function play(step) {
  const { do: what, lines = [], hex = [], hides: holdsKeys = false } = step;
  const pieces = hex.map((digits) => Buffer.from(digits, 'hex'));
  hides = holdsKeys;
  for (const line of lines) console.log(`${what === 'say' ? '  we say   ' : '  then     '}${line}`);
  if (what === 'open') {
    left += strands.size;
    return void strands.clear();
  }
  if (what === 'wait') {
    await sleep(Math.min(step.ms, waitMs));
    const came = [...strands.values()].find(({ held, ended }) => held.length > 0 || ended !== null);
    return came === undefined ? null : 'something came where nothing did';
  }
  const strand = await strandOf(step);
  if (strand === null) return 'nobody connected';
  if (what === 'say') return say(strand, pieces);
  if (what === 'hear') return hear(strand, Buffer.concat(pieces));
  if (what === 'leave')
    return void (step.how === 'reset' ? strand.socket.resetAndDestroy?.() : strand.socket.end());
  await strand.until(() => strand.ended !== null, waitMs);
  const isOver = strand.ended !== null;
  console.log(`  now      ${isOver ? 'the connection ends' : 'the connection stays open'}`);
  return isOver ? null : 'the connection stays open';
}

/** In the pieces in which it was said; the last one takes what is more today. */
async function say(strand, pieces) {
  const bytes = renewed(Buffer.concat(pieces));
  let at = 0;
  for (const [index, { length }] of pieces.entries()) {
    if (index > 0) await sleep(20);
    const end = index === pieces.length - 1 ? bytes.length : at + length;
    strand.socket.write(bytes.subarray(at, end));
    at = end;
  }
  return null;
}

async function hear(strand, bytes) {
  for (let rest = bytes; rest.length > 0;) {
    const seen = rest.subarray(0, wire.cut(rest, http) || rest.length);
    rest = rest.subarray(seen.length);
    const heard = await strand.frame(seen);
    const differs = heard.length === 0 ? 'nothing came' : difference(seen, heard);
    console.log(
      `  now      ${heard.length} bytes, ${differs === null ? 'the same' : 'another'}: ${gist(heard)}`,
    );
    if (differs !== null) return differs;
  }
  return null;
}

/** The first of a frame, for people. */
function gist(bytes) {
  if (hides) return '(key material)';
  return bytes.toString('latin1', 0, 72).replace(/[^ -~]+/g, '·');
}

async function main() {
  for (const line of finding.about) console.log(line);
  if (finding.refuses !== null) {
    console.log(`this cannot be said again: ${finding.refuses}`);
    return 2;
  }
  if (finding.isServer) {
    for (const [end, place] of places.entries())
      console.log(`listening on ${await listen(place, end)}`);
  } else if (finding.awaited.length > 0) {
    for (const [end, text] of finding.awaited.entries()) {
      const told = await listen(awaits[end] ?? '127.0.0.1:0', end);
      today.set(text, `http${secure ? 's' : ''}://${told}`);
    }
  }
  for (const [index, step] of finding.steps.entries()) {
    console.log(`step ${index + 1} of ${finding.steps.length}`);
    const differs = await play(step);
    if (differs !== null && differs !== undefined) {
      console.log(`not the same as then: ${differs}`);
      return 1;
    }
  }
  console.log('the same was seen again');
  return 0;
}

const usage = `usage: node ${(process.argv[1] ?? '').split(/[\\/]/).pop()} [host:port ...] [--tls] [--ca file] [--cert file] [--key file] [--insecure] [--await host:port ...] [--push host:port ...] [--wait ms]`;
const flags = {};
const places = [];
const awaits = [];
const pushes = [];
const words = process.argv.slice(2);
while (words.length > 0) {
  const word = words.shift();
  if (word === '--await') awaits.push(words.shift());
  else if (word === '--push') pushes.push(words.shift());
  else if (word === '--tls' || word === '--insecure' || word === '--help')
    flags[word.slice(2)] = 'yes';
  else if (['--ca', '--cert', '--key', '--wait'].includes(word))
    flags[word.slice(2)] = words.shift();
  else if (word.startsWith('--')) flags.help = word;
  else places.push(word);
}
if (places.length === 0) places.push(...finding.places);
const secure = flags.tls !== undefined;
const waitMs = Number(flags.wait ?? 5000);
let net, tls, fs, tools;

if (flags.help !== undefined) {
  console.log(usage);
  process.exitCode = flags.help === 'yes' ? 0 : 2;
} else {
  Promise.all(['net', 'tls', 'fs', 'crypto'].map((name) => import(`node:${name}`)))
    .then(([netModule, tlsModule, fsModule, crypto]) => {
      [net, tls, fs] = [netModule, tlsModule, fsModule];
      /** The last value of each member, then and today. */
      const heard = { before: new Map(), now: new Map() };
      const sha256 = (bytes) => crypto.createHash('sha256').update(bytes).digest();
      tools = { http, sha256, crypto, heard };
      return main();
    })
    .catch((fault) => {
      console.log(`it cannot be played: ${fault.message}`);
      return 2;
    })
    .then((code) => process.exit(code));
}
