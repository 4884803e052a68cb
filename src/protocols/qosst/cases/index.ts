import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { abort } from './abort.ts';
import { challenge } from './challenge.ts';
import { clientCases } from './client-index.ts';
import { codes } from './codes.ts';
import { content } from './content.ts';
import { contentLength } from './content-length.ts';
import { digest } from './digest.ts';
import { distillation } from './distillation.ts';
import { estimation } from './estimation.ts';
import { frameCourse } from './frame-course.ts';
import { framing } from './framing.ts';
import { header } from './header.ts';
import { identification } from './identification.ts';
import { json } from './json.ts';
import { limits } from './limits.ts';
import { memory } from './memory.ts';
import { parameter } from './parameter.ts';
import { robustness } from './robustness.ts';
import { segments } from './segments.ts';
import { sequence } from './sequence.ts';

/** The cases against Alice, topic by topic. */
const againstAlice: readonly Case<QosstBend>[] = [
  ...framing,
  ...segments,
  ...header,
  ...contentLength,
  ...digest,
  ...challenge,
  ...codes,
  ...content,
  ...json,
  ...identification,
  ...frameCourse,
  ...estimation,
  ...distillation,
  ...parameter,
  ...abort,
  ...limits,
  ...robustness,
  ...memory,
  ...sequence,
];

/** The conformance suite of QOSST, topic by topic. */
export const cases: readonly Case<QosstBend>[] = [...againstAlice, ...clientCases];
