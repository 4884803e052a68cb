import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { challenge } from './challenge.ts';
import { codes } from './codes.ts';
import { content } from './content.ts';
import { contentLength } from './content-length.ts';
import { digest } from './digest.ts';
import { framing } from './framing.ts';
import { header } from './header.ts';
import { json } from './json.ts';
import { segments } from './segments.ts';
import { sequence } from './sequence.ts';

/** The conformance suite of QOSST, topic by topic. */
export const cases: readonly Case<QosstBend>[] = [
  ...framing,
  ...segments,
  ...header,
  ...contentLength,
  ...digest,
  ...challenge,
  ...codes,
  ...content,
  ...json,
  ...sequence,
];
