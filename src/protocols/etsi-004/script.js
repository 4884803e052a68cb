/** What exported scripts know of ETSI 004: calls over HTTP, or frames of a header and a payload. */
export const wire = {
  headerBytes: 8,

  cut(bytes, http) {
    if (http.looksLike(bytes)) return http.cut(bytes);
    if (bytes.length < this.headerBytes) return 0;
    const end = this.headerBytes + bytes.readUInt32BE(4);
    return bytes.length >= end ? end : 0;
  },

  /** Ids are bytes of a fixed length where they are not written in JSON. */
  rewrite(frame, part, { http }) {
    if (http.looksLike(frame)) return http.rewrite(frame, part);
    return part('frame', frame);
  },
};
