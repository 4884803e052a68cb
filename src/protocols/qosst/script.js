/** What exported scripts know of QOSST: two lengths, a digest, a header and a content in JSON. */
export const wire = {
  /** Where the lengths stand in either order, only one of them finds a header. */
  outline(bytes) {
    if (bytes.length < 4) return null;
    const [first, second] = [bytes.readUInt16BE(0), bytes.readUInt16BE(2)];
    for (const [headerLength, digestLength, order] of [
      [first, second, 'headerFirst'],
      [second, first, 'digestFirst'],
    ]) {
      const bodyAt = 4 + digestLength;
      const contentAt = bodyAt + headerLength;
      if (bytes.length < contentAt) continue;
      const digest = bytes.subarray(4, bodyAt);
      const header = bytes.subarray(bodyAt, contentAt);
      try {
        const { content_length: contentLength = 0 } = JSON.parse(header.toString('latin1'));
        const end = contentAt + (Number.isInteger(contentLength) ? contentLength : 0);
        return { order, digest, header, contentAt, end };
      } catch {
        /* not in this order */
      }
    }
    return null;
  },

  cut(bytes) {
    const outline = this.outline(bytes);
    return outline !== null && bytes.length >= outline.end ? outline.end : 0;
  },

  /** A digest that was right is right again; one that was wrong stays as it is. */
  rewrite(frame, part, { sha256 }) {
    const outline = this.outline(frame);
    if (outline === null || frame.length !== outline.end) return part('frame', frame);
    const { order, digest, header, contentAt } = outline;
    const content = frame.subarray(contentAt);
    const isRight = digest.equals(sha256(Buffer.concat([header, content])));
    if (!isRight) part('digest', digest);
    const named = part('header', header).toString('latin1');
    const newContent = content.length === 0 ? content : part('content', content);
    const grown = newContent.length - content.length;
    const newHeader = Buffer.from(
      grown === 0
        ? named
        : named.replace(
            `"content_length": ${content.length}`,
            `"content_length": ${newContent.length}`,
          ),
      'latin1',
    );
    const sealed = Buffer.concat([newHeader, newContent]);
    const newDigest = isRight ? sha256(sealed) : digest;
    const lengths = Buffer.alloc(4);
    lengths.writeUInt16BE(newHeader.length, order === 'headerFirst' ? 0 : 2);
    lengths.writeUInt16BE(newDigest.length, order === 'headerFirst' ? 2 : 0);
    return Buffer.concat([lengths, newDigest, sealed]);
  },
};
