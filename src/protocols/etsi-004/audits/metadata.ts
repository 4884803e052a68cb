import { member, requirements } from '#models/etsi-004/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { ofMessages } from './audit.ts';

const metadataBuffer = ofMessages(
  requirements.metadataBuffer,
  ({ metadataBuffer: reading }) =>
    (frame) => {
      const buffer = member(metadataOf(frame), 'buffer');
      const isReceipt = frame.perceived.message === 'keyAccepted';
      if (buffer === undefined || buffer === null || isReceipt) return null;
      const isPush = frame.perceived.message === 'keyMaterial';
      const wanted = reading === 'text' || (reading !== 'object' && !isPush) ? 'string' : 'object';
      if (typeof buffer === wanted) return null;
      return `The buffer of ${frame.perceived.message} is ${wanted === 'string' ? 'no text' : 'no object'}.`;
    },
);

const metadataSize = ofMessages(requirements.metadataSize, ({ metadataSize: reading }) => {
  if (reading !== 'characters' && reading !== 'bytes') return () => null;
  return (frame) => {
    const metadata = metadataOf(frame);
    const size = member(metadata, 'size');
    const buffer = member(metadata, 'buffer');
    if (typeof size !== 'number' || buffer === undefined || buffer === null) return null;
    const texts = textsOf(buffer);
    const lengths = texts.map((text) =>
      reading === 'bytes' ? Buffer.byteLength(text) : [...text].length,
    );
    if (lengths.includes(size)) return null;
    return `The size of ${frame.perceived.message} is ${size}, its buffer has ${lengths.join(' or ')}.`;
  };
});

/** A text as it is; an object as JSON writes it, without blanks or with one behind each colon. */
function textsOf(buffer: unknown): readonly string[] {
  if (typeof buffer === 'string') return [buffer];
  const close = JSON.stringify(buffer);
  const entries = Object.entries(Object(buffer)).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return [close, `{${entries.join(', ')}}`, `{${entries.join(',')}}`];
}

function metadataOf({ perceived }: JudgedFrame): unknown {
  return member(perceived.payload['content'], 'metadata');
}

/** What stands in metadata. */
export const metadataAudits: readonly Audit[] = [metadataBuffer, metadataSize];
