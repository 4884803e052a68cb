import type { JsonResult } from '#src/base/json.ts';
import type { HttpMessage, HttpProblem } from '#src/wire/http/message.ts';
import type { WebSocketProblem } from '#src/wire/websocket/frame.ts';
import type { WebSocketMessage } from '#src/wire/websocket/message-reader.ts';

/** One thing that a side says on the socket: before the upgrade in HTTP, then as a message. */
export type SocketFrame =
  | {
      readonly carrier: 'http';
      readonly message: HttpMessage;
      readonly problems: readonly HttpProblem[];
    }
  | {
      readonly carrier: 'webSocket';
      readonly message: WebSocketMessage;
      /** Of a text message: its JSON; `null` where it is no text. */
      readonly json: JsonResult | null;
      /** Of a text message: one of its objects has two members of one name. */
      readonly repeats: boolean;
      readonly problems: readonly WebSocketProblem[];
    };
