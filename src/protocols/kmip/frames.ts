import type { HttpMessage } from '#src/wire/http/message.ts';
import type { Problem, ReadTree } from './tree.ts';

/** How a message is written. */
export type Encoding = 'ttlv' | 'json' | 'xml';

/** One message of a connection: as it lies in the stream, or in the body of HTTP. */
export interface KmipFrame {
  /** Of HTTP: the message around it; `null` in a stream of TTLV. */
  readonly http: HttpMessage | null;
  /** `null` where there is no body, or none of a known type. */
  readonly encoding: Encoding | null;
  readonly tree: ReadTree;
  /**
   * It is an operation alone, or its response; the tree is the message that it stands for. What
   * is no message where operations are posted alone is one too.
   */
  readonly bare: boolean;
  /** Where the next message begins is not known: nothing behind it is read. */
  readonly isLost: boolean;
  /** What is wrong with how it is written; tolerable things too. */
  readonly problems: readonly Problem[];
}
