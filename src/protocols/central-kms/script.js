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

  /** Signatures that were right are right again, of today's challenge with today's keys. */
  signed(plain, text, { crypto, heard: { before, now } }) {
    if (!plain.includes('Signature"') || !before.has('challenge')) return text;
    let signed = text.toString('latin1');
    for (const [key, sign] of [
      ['batchKey', this.edwards],
      ['rowKey', this.cmac],
    ]) {
      const [then, today] = [before, now].map((known) =>
        sign(crypto, Buffer.from(known.get(key) ?? '', 'hex'), known.get('challenge') ?? ''),
      );
      if (then !== null && today !== null) {
        signed = signed.replace(new RegExp(then, 'i'), today);
      }
    }
    return Buffer.from(signed, 'latin1');
  },

  /** Ed25519; the first 32 bytes of a key are the seed. */
  edwards(crypto, key, text) {
    if (key.length < 32) return null;
    const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
    const der = Buffer.concat([pkcs8, key.subarray(0, 32)]);
    const made = crypto.createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    return crypto.sign(null, Buffer.from(text, 'utf8'), made).toString('hex');
  },

  /** AES-CMAC. @see RFC 4493 */
  cmac(crypto, key, text) {
    if (![16, 24, 32].includes(key.length)) return null;
    const name = `aes-${key.length * 8}-cbc`;
    const lastBlock = (bytes) => {
      const cipher = crypto.createCipheriv(name, key, Buffer.alloc(16)).setAutoPadding(false);
      return cipher.update(bytes).subarray(-16);
    };
    const doubled = (block) => {
      const value = BigInt(`0x${block.toString('hex')}`) << 1n;
      const kept = BigInt.asUintN(128, value) ^ (value >> 128n === 0n ? 0n : 0x87n);
      return Buffer.from(kept.toString(16).padStart(32, '0'), 'hex');
    };
    const bytes = Buffer.from(text, 'utf8');
    const isFull = bytes.length > 0 && bytes.length % 16 === 0;
    const once = doubled(lastBlock(Buffer.alloc(16)));
    const mask = isFull ? once : doubled(once);
    const filled = isFull
      ? bytes
      : Buffer.concat([bytes, Buffer.from([0x80]), Buffer.alloc(15 - (bytes.length % 16))]);
    const last = filled.subarray(-16).map((byte, at) => byte ^ mask[at]);
    return lastBlock(Buffer.concat([filled.subarray(0, -16), last])).toString('hex');
  },

  cut(bytes, http) {
    if (http.looksLike(bytes)) return http.cut(bytes);
    const outline = this.outline(bytes);
    return outline !== null && bytes.length >= outline.end ? outline.end : 0;
  },

  rewrite(frame, part, { http, crypto, heard }) {
    if (http.looksLike(frame)) return http.rewrite(frame, part);
    const outline = this.outline(frame);
    if (outline === null || frame.length !== outline.end) return part('frame', frame);
    const { lengthBytes, maskAt, isMasked, payloadAt } = outline;
    const mask = isMasked ? frame.subarray(maskAt, payloadAt) : Buffer.alloc(4);
    const masked = (bytes) => Buffer.from(bytes.map((byte, at) => byte ^ mask[at & 3]));
    part('opcode', frame.subarray(0, 1));
    const payload = frame.subarray(payloadAt);
    const plain = masked(payload);
    const changed = masked(this.signed(plain, part('text', plain), { crypto, heard }));
    /** In as many bytes as before, so that odd lengths stay odd. */
    const head = Buffer.from(frame.subarray(0, payloadAt));
    if (lengthBytes === 0 && changed.length > 125) return frame;
    if (lengthBytes === 0) head[1] = (head[1] & 0x80) | changed.length;
    if (lengthBytes === 2) head.writeUInt16BE(changed.length, 2);
    if (lengthBytes === 8) head.writeBigUInt64BE(BigInt(changed.length), 2);
    return Buffer.concat([head, changed]);
  },
};
