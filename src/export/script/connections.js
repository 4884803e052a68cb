/** Connections that a script opens, or that come to it. */

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

export const strands = new Map();
/** Connections of sessions that are over. */
let left = 0;

/** A new session: its connections have the same names again. */
export function forgetStrands() {
  left += strands.size;
  strands.clear();
}
/** Connections that came in and that no step has named, by where they came in. */
const visitors = new Map();

export async function strandOf({ strand, opener, end }) {
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

export function listen(place, end) {
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

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
