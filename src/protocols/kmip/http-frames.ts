import type { Reader } from '#src/contract/frame.ts';
import { valuesOf } from '#src/wire/http/fields.ts';
import { MessageReader } from '#src/wire/http/message-reader.ts';
import type { HttpMessage } from '#src/wire/http/message.ts';
import { isBarePath, messageAround, takingBare } from './bare.ts';
import { encodingOf, readEncoded } from './codec.ts';
import type { KmipFrame } from './frames.ts';
import type { Dialect } from './json/dialect.ts';
import { tags } from './registry/tags.ts';

/** Cuts one direction of a connection into messages of HTTP, each with KMIP in its body. */
export class HttpFrameReader implements Reader<KmipFrame> {
  readonly #http = new MessageReader();
  readonly #json: Dialect;

  constructor(json: Dialect) {
    this.#json = json;
  }

  get pendingBytes(): number {
    return this.#http.pendingBytes;
  }

  push(chunk: Uint8Array): readonly KmipFrame[] {
    return this.#http.push(chunk).map((http) => frameOf(http, this.#json));
  }
}

function frameOf(http: HttpMessage, json: Dialect): KmipFrame {
  const isAlone = http.kind === 'request' && isBarePath(http.target);
  const [type = ''] = valuesOf(http.headers, 'content-type');
  const said = isAlone ? 'json' : encodingOf(type);
  const encoding = http.body.length === 0 ? null : said;
  const mayBeBare = isAlone || http.kind === 'response';
  const dialect = mayBeBare ? takingBare(json) : json;
  const read =
    encoding === null ? { item: null, problems: [] } : readEncoded(http.body, encoding, dialect);
  const around = mayBeBare ? messageAround(read) : null;
  const tree = around ?? read;
  const bare = around !== null || (isAlone && read.item?.tag !== tags.RequestMessage);
  return { http, encoding, tree, bare, isLost: http.lost, problems: tree.problems };
}
