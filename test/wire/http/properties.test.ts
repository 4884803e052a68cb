import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpProblems } from '#src/wire/http/message.ts';
import { MessageReader } from '#src/wire/http/message-reader.ts';
import { writeRequest, writeResponse } from '#src/wire/http/message-writer.ts';
import { bodies, harmless, headerLists, messages, streams } from './arbitraries.ts';
import { cuts, readAll } from './cut.ts';

const seed = 20_040_110;

describe('the HTTP codec', () => {
  it('gives back a request that was written', () => {
    const law = fc.property(headerLists, bodies, harmless, cuts, (headers, body, bend, cut) => {
      const bytes = writeRequest(
        { method: 'PUT', target: '/x?y', host: 'k:80', headers, body },
        bend,
      );
      const [message, ...more] = readAll(bytes, { cut });
      expect(more).toEqual([]);
      expect(message).toMatchObject({ kind: 'request', method: 'PUT', target: '/x?y' });
      expect(message).toMatchObject({ problems: [], lost: false, sizeBytes: bytes.length });
      expect(Buffer.from(message?.body ?? []).equals(body)).toBe(true);
      const read = message?.headers.slice(1, 1 + headers.length) ?? [];
      expect(read.map(({ value }) => value)).toEqual(headers.map(({ value }) => value));
      expect(read.map(({ name }) => name.toLowerCase())).toEqual(
        headers.map(({ name }) => name.toLowerCase()),
      );
      const trailers = body.length > 0 || bend.chunked !== undefined ? bend.chunked?.trailers : [];
      expect(message?.trailers.map(({ name, value }) => `${name}: ${value}`)).toEqual(
        trailers ?? [],
      );
    });
    fc.assert(law, { seed, numRuns: 500 });
  });

  it('gives back answers that were written one after another', () => {
    const law = fc.property(fc.array(bodies, { minLength: 1 }), cuts, (contents, cut) => {
      const bytes = contents.map((body) => writeResponse({ code: 201, body }));
      const read = readAll(Buffer.concat(bytes), { cut });
      expect(read.map((message) => message.exchange)).toEqual(contents.map((_, index) => index));
      expect(read.map(({ body }) => Buffer.from(body).toString('hex'))).toEqual(
        contents.map((body) => Buffer.from(body).toString('hex')),
      );
      expect(read.flatMap(({ problems }) => problems)).toEqual([]);
    });
    fc.assert(law, { seed, numRuns: 300 });
  });

  it('reads the same messages from any cut', () => {
    const ends = fc.constantFrom('end', 'reset', undefined);
    const methods = fc.constantFrom('GET', 'HEAD', 'CONNECT');
    const law = fc.property(streams, cuts, ends, methods, (bytes, cut, end, method) => {
      const course = { method, ...(end === undefined ? {} : { end }) };
      const whole = readAll(bytes, course);
      expect(readAll(bytes, { ...course, cut })).toEqual(whole);
      expect(readAll(bytes, { ...course, cut: [1] })).toEqual(whole);
    });
    fc.assert(law, { seed, numRuns: 3000 });
  });

  it('leaves no byte out, and holds what it says', () => {
    const law = fc.property(streams, cuts, (bytes, cut) => {
      const reader = new MessageReader();
      let readBytes = 0;
      let isLost = false;
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const piece = bytes.subarray(at, at + Math.max(1, cut[turn % cut.length] ?? 1));
        for (const message of reader.push(piece)) {
          expect(isLost).toBe(false);
          readBytes += message.sizeBytes;
          isLost = message.lost;
        }
        at += piece.length;
        if (isLost) expect(reader.pendingBytes).toBe(0);
        else expect(readBytes + reader.pendingBytes).toBe(at);
      }
    });
    fc.assert(law, { seed, numRuns: 2000 });
  });

  it('never throws, and says of each message what is true of it', () => {
    const noise = fc.oneof(streams, fc.uint8Array({ maxLength: 200 }));
    const law = fc.property(noise, (bytes) => {
      for (const message of readAll(bytes, { end: 'end' })) {
        const codes = message.problems.map(({ code }) => code);
        expect(new Set(codes).size).toBe(codes.length);
        for (const code of codes) expect(httpProblems[code]).toBeDefined();
        if (message.kind === 'unreadable') expect(codes).not.toEqual([]);
        expect(message.json === null).toBe(message.body.length === 0);
        if (message.framing === 'none') expect(message.body).toHaveLength(0);
      }
    });
    fc.assert(law, { seed, numRuns: 2000 });
  });

  it('finds nothing wrong with streams of messages that are bent in no harmful way', () => {
    const bodiless = /^HTTP\/1\.1 (?:1|204|304)/;
    const fair = messages(harmless).filter(
      (bytes) => !bodiless.test(Buffer.from(bytes).toString('latin1')),
    );
    const law = fc.property(fc.array(fair, { maxLength: 5 }), cuts, (parts, cut) => {
      const read = readAll(Buffer.concat(parts), { cut });
      expect(read.flatMap(({ problems }) => problems)).toEqual([]);
      expect(read).toHaveLength(parts.length);
    });
    fc.assert(law, { seed, numRuns: 500 });
  });
});
