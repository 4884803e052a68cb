import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { closing } from './closing.ts';
import { connections } from './connections.ts';
import { delivery } from './delivery.ts';
import { withDialects } from './dialects.ts';
import { framingKms } from './framing-kms.ts';
import { framing } from './framing.ts';
import { httpBroken } from './http-broken.ts';
import { httpLegal } from './http-legal.ts';
import { ids } from './ids.ts';
import { json } from './json.ts';
import { againstKms } from './kms.ts';
import { opening } from './opening.ts';
import { order } from './order.ts';
import { qos } from './qos.ts';
import { receipts } from './receipts.ts';
import { streamsApart } from './streams-apart.ts';
import { timing } from './timing.ts';

/** The conformance suite of ETSI 004, topic by topic. */
export const cases: readonly Case<Etsi004Bend>[] = withDialects([
  ...opening,
  ...qos,
  ...ids,
  ...order,
  ...delivery,
  ...receipts,
  ...timing,
  ...closing,
  ...streamsApart,
  ...httpLegal,
  ...httpBroken,
  ...json,
  ...connections,
  ...framing,
  ...framingKms,
  ...againstKms,
]);
