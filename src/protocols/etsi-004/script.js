/** What exported scripts know of ETSI 004: calls over HTTP, or frames of a header and a payload. */
export const wire = {
  headerBytes: 8,
  mimetypeBytes: 256,

  cut(bytes, http) {
    if (http.looksLike(bytes)) return http.cut(bytes);
    if (bytes.length < this.headerBytes) return 0;
    const end = this.headerBytes + bytes.readUInt32BE(4);
    return bytes.length >= end ? end : 0;
  },

  rewrite(frame, part, { http }) {
    if (http.looksLike(frame)) return http.rewrite(frame, part);
    const payload = frame.subarray(this.headerBytes);
    const isWhole = frame.length >= this.headerBytes && frame.readUInt32BE(4) === payload.length;
    const written = isWhole ? this.payload(frame[3], frame[0] === 1, payload, part) : null;
    if (written === null) return part('frame', frame);
    const head = Buffer.from(frame.subarray(0, this.headerBytes));
    head.set(part('service', head.subarray(0, 4)));
    head.writeUInt32BE(written.length, 4);
    return Buffer.concat([head, written]);
  },

  /** Members by service, as they lie in the payload; whole numbers where nothing else is said. */
  members(service) {
    const qos = 'key_chunk_size max_bps min_bps jitter priority timeout ttl metadata_mimetype:mime';
    const layouts = {
      0: 'status',
      2: `source:text destination:text ${qos} key_stream_id:id`,
      3: `status ${qos} key_stream_id:id`,
      4: 'key_stream_id:id index metadata:asked',
      5: 'status index key_buffer:sized metadata:sized',
      8: 'key_stream_id:id',
      9: 'status',
    };
    return layouts[service]?.split(' ') ?? null;
  },

  /** Its members put through `part`; `null` where they do not fill it. A refusal may hold fewer. */
  payload(service, isFirst, bytes, part) {
    const written = [];
    let at = 0;
    for (const member of this.members(service) ?? []) {
      if (at === bytes.length) break;
      const [name, kind = 'number'] = member.split(':');
      const found = this.found(kind, isFirst, bytes.subarray(at));
      if (found === null) return null;
      const { value, size, write } = found;
      written.push(write(part(name, value)));
      at += size;
    }
    return at === bytes.length ? Buffer.concat(written) : null;
  },

  /** A member at the start of bytes: its value, how long it is, and how another value is written. */
  found(kind, isFirst, bytes) {
    const plain = (size) =>
      bytes.length < size ? null : { value: bytes.subarray(0, size), size, write: (now) => now };
    if (kind === 'number' || (kind === 'asked' && isFirst)) return plain(4);
    if (kind === 'id') return plain(16);
    if (kind === 'text' || kind === 'mime') return this.text(kind === 'mime' && isFirst, bytes);
    if (bytes.length < 4 || bytes.length < 4 + bytes.readUInt32BE(0)) return null;
    const size = 4 + bytes.readUInt32BE(0);
    const length = Buffer.alloc(4);
    return {
      value: bytes.subarray(4, size),
      size,
      write: (now) => (length.writeUInt32BE(now.length), Buffer.concat([length, now])),
    };
  },

  /** Ended by a NUL; `isFilled`: and filled up with more of them. */
  text(isFilled, bytes) {
    const end = bytes.indexOf(0);
    const size = isFilled ? this.mimetypeBytes : end + 1;
    if (end < 0 || bytes.length < size) return null;
    const room = (length) => Buffer.alloc(isFilled ? this.mimetypeBytes - length : 1);
    return {
      value: bytes.subarray(0, end),
      size,
      write: (now) => Buffer.concat([now, room(now.length)]),
    };
  },
};
