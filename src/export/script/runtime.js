/** Plays the steps of a finding, one by one. The other parts stand above this in the same file. */

/** Whether the frames of now hold key material: then no value of them is shown. */
let hides = false;

/** Plays one step; says what is different today, or `null`. */
async function play(step) {
  const { do: what, lines = [], hex = [], hides: holdsKeys = false } = step;
  const pieces = hex.map((digits) => Buffer.from(digits, 'hex'));
  hides = holdsKeys;
  for (const line of lines) console.log(`${what === 'say' ? '  we say   ' : '  then     '}${line}`);
  if (what === 'open') return forgetStrands();
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
export let net, tls, fs, tools;

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
