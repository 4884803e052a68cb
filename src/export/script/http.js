/** HTTP/1.1, as far as messages must be cut and their lengths mended. */
export const http = {
  looksLike(bytes) {
    return /^(?:HTTP\/1|[A-Z]{3,10} \S)/.test(bytes.toString('latin1', 0, 16));
  },

  /** Where the head ends, and what it says of the body; `null`: more must come. */
  head(bytes) {
    const at = bytes.indexOf('\r\n\r\n');
    if (at === -1) return null;
    const lines = bytes.toString('latin1', 0, at).split('\r\n');
    const headers = lines.slice(1).map((line) => {
      const colon = line.indexOf(':');
      return { name: line.slice(0, colon), value: line.slice(colon + 1) };
    });
    const named = (name) => headers.find((one) => one.name.toLowerCase() === name)?.value.trim();
    const isChunked = /chunked/i.test(named('transfer-encoding') ?? '');
    const [, code] = /^HTTP\/1\.\d (\d{3})/.exec(lines[0]) ?? [];
    const isBare = code !== undefined && /^1|^204|^304/.test(code);
    const said = named('content-length');
    const untilClosed = code !== undefined && !isBare && !isChunked && said === undefined;
    const length = isBare ? 0 : Number(said ?? 0);
    return { line: lines[0], headers, bodyAt: at + 4, isChunked, length, untilClosed };
  },

  cut(bytes) {
    const head = this.head(bytes);
    if (head === null || head.untilClosed) return 0;
    const end = head.isChunked ? this.chunksEnd(bytes, head.bodyAt) : head.bodyAt + head.length;
    return bytes.length >= end ? end : 0;
  },

  /** Behind the last chunk; infinite where it has not come. */
  chunksEnd(bytes, from) {
    for (let at = from; ;) {
      const line = bytes.indexOf('\r\n', at);
      if (line === -1) return Infinity;
      const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
      if (Number.isNaN(size)) return Infinity;
      if (size === 0) {
        const end = bytes.indexOf('\r\n\r\n', line);
        return end === -1 ? Infinity : end + 4;
      }
      at = line + 2 + size + 2;
    }
  },

  /** A Content-Length that was right is right again. Chunked bodies stay as they are. */
  rewrite(frame, part) {
    const head = this.head(frame);
    if (head === null) return part('text', frame);
    const text = (name, value) => part(name, Buffer.from(value, 'latin1')).toString('latin1');
    const body = frame.subarray(head.bodyAt);
    const changed = body.length === 0 ? body : part('body', body);
    const mayGrow = !head.isChunked && body.length === head.length;
    if (!mayGrow && changed.length !== body.length) return frame;
    const lines = [text('line', head.line)];
    for (const { name, value } of head.headers) {
      const isLength = name.toLowerCase() === 'content-length' && mayGrow;
      const told = isLength && changed.length !== body.length ? ` ${changed.length}` : value;
      lines.push(`${name}:${isLength ? told : text(name.toLowerCase(), value)}`);
    }
    return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), changed]);
  },
};
