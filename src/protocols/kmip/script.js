/** What exported scripts know of KMIP: items of tag, type and length; or messages of HTTP. */
export const wire = {
  structure: 0x01,
  /** Big integers, texts, byte strings: what has a length of its own, filled up to eight bytes. */
  filled: [0x04, 0x07, 0x08],
  dates: [0x09, 0x0b],

  cut(bytes, http) {
    if (http.looksLike(bytes)) return http.cut(bytes);
    if (bytes.length < 8) return 0;
    const end = 8 + bytes.readUInt32BE(4);
    return bytes.length >= end ? end : 0;
  },

  rewrite(frame, part, { http }) {
    if (http.looksLike(frame)) return http.rewrite(frame, part);
    return this.items(frame, part) ?? part('message', frame);
  },

  /** Items one behind the other; `null` where they do not fill the bytes. */
  items(bytes, part) {
    const written = [];
    for (let at = 0; at < bytes.length;) {
      if (bytes.length - at < 8) return null;
      const type = bytes[at + 3];
      const length = bytes.readUInt32BE(at + 4);
      const size = length + (type === this.structure ? 0 : -length & 7);
      const value = bytes.subarray(at + 8, at + 8 + length);
      const padding = bytes.subarray(at + 8 + length, at + 8 + size);
      if (bytes.length - at < 8 + size) return null;
      const tag = bytes.toString('hex', at, at + 3);
      const name = this.dates.includes(type) ? 'date' : tag;
      const changed = type === this.structure ? this.items(value, part) : part(name, value);
      if (changed === null) return null;
      const head = Buffer.from(bytes.subarray(at, at + 8));
      head.writeUInt32BE(changed.length, 4);
      const isFilled = this.filled.includes(type) && changed.length !== length;
      written.push(head, changed, isFilled ? Buffer.alloc(-changed.length & 7) : padding);
      at += 8 + size;
    }
    return Buffer.concat(written);
  },
};
