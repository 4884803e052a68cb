import type { Bend } from './world.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** What can be odd about a push of ETSI 004, in words: «pushes a key …». */
export const pushes: Readonly<Record<string, (content: object) => Bend>> = {
  'in chunks': (content) => ({ content, frame: { chunked: { sizes: [9] } } }),
  'with a member that nobody knows': (content) => ({ content: { ...content, vendor: [1] } }),
  'without an index': (content) => ({ content: { ...content, index: undefined } }),
  'without a key': (content) => ({ content: { ...content, key_buffer: undefined } }),
  'whose index needs 33 bits': (content) => ({ content: { ...content, index: 2 ** 32 } }),
  'whose index is -1': (content) => ({ content: { ...content, index: -1 } }),
  'that is no base 64': (content) => ({ content: { ...content, key_buffer: 'ÄÖÜ !' } }),
  'that is no JSON': () => ({ frame: { body: bytes('{"status": 0, ') } }),
  'to another path': (content) => ({ content, frame: { target: '/api/v1/qkd/etsi004/keys' } }),
  'by PUT': (content) => ({ content, frame: { method: 'PUT' } }),
  'of a stream that nobody opened': (content) => ({
    content: {
      ...content,
      metadata: { size: 57, buffer: { key_stream_id: '00000000-0000-4000-8000-00000000dead' } },
    },
  }),
};
