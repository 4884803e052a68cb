/** What exported scripts know of the socket: HTTP up to the upgrade, frames of a WebSocket behind it. */
export const wire = {
  /** Where the mask and the payload of the first frame stand; `null`: more must come. */
  outline(bytes) {
    if (bytes.length < 2) return null;
    const short = bytes[1] & 0x7f;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const maskAt = 2 + lengthBytes;
    if (bytes.length < maskAt) return null;
    const length =
      lengthBytes === 0
        ? short
        : lengthBytes === 2
          ? bytes.readUInt16BE(2)
          : Number(bytes.readBigUInt64BE(2));
    const isMasked = (bytes[1] & 0x80) !== 0;
    const payloadAt = maskAt + (isMasked ? 4 : 0);
    return { lengthBytes, maskAt, isMasked, payloadAt, end: payloadAt + length };
  },

  cut(bytes, http) {
    if (http.looksLike(bytes)) return http.cut(bytes);
    const outline = this.outline(bytes);
    return outline !== null && bytes.length >= outline.end ? outline.end : 0;
  },

  rewrite(frame, part, { http }) {
    if (http.looksLike(frame)) return http.rewrite(frame, part);
    const outline = this.outline(frame);
    if (outline === null || frame.length !== outline.end) return part('frame', frame);
    const { lengthBytes, maskAt, isMasked, payloadAt } = outline;
    const mask = isMasked ? frame.subarray(maskAt, payloadAt) : Buffer.alloc(4);
    const masked = (bytes) => Buffer.from(bytes.map((byte, at) => byte ^ mask[at & 3]));
    part('opcode', frame.subarray(0, 1));
    const payload = frame.subarray(payloadAt);
    const changed = masked(part('text', masked(payload)));
    /** In as many bytes as before, so that odd lengths stay odd. */
    const head = Buffer.from(frame.subarray(0, payloadAt));
    if (lengthBytes === 0 && changed.length > 125) return frame;
    if (lengthBytes === 0) head[1] = (head[1] & 0x80) | changed.length;
    if (lengthBytes === 2) head.writeUInt16BE(changed.length, 2);
    if (lengthBytes === 8) head.writeBigUInt64BE(BigInt(changed.length), 2);
    return Buffer.concat([head, changed]);
  },
};
