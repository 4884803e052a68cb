import { isFields } from '#models/kmip/index.ts';
import type { FrameOp, Fuzzing } from '#src/contract/fuzz.ts';
import { jsonText } from '#src/wire/json-text.ts';
import { httpBends } from './bends/http.ts';
import { itemBends } from './bends/items.ts';
import { textBends } from './bends/texts.ts';
import { ttlvBends } from './bends/ttlv.ts';
import type { KmipBend } from './compose.ts';
import { messageOf } from './content.ts';
import { messageNamed } from './context.ts';
import { writeJson } from './json/write-json.ts';
import { promising } from './promising.ts';
import { rareContents } from './rare-contents.ts';
import { registryFor } from './registry-for.ts';
import { tags } from './registry/tags.ts';
import { wireOf, type Wire } from './wires.ts';

type Bends = Readonly<Record<string, FrameOp<KmipBend>>>;

/** Where a dialect has nothing of the kind, values are bent instead. */
function where(holds: (wire: Wire) => boolean, bends: Bends): Bends {
  const rows = Object.entries(bends).map(([name, { decides, bend }]): [string, Bends[string]] => [
    name,
    {
      decides,
      bend: (dice, scene) =>
        holds(wireOf(scene.making.settings))
          ? bend(dice, scene)
          : itemBends.otherValue.bend(dice, scene),
    },
  ]);
  return Object.fromEntries(rows);
}

const frames: Bends = {
  ...itemBends,
  ...where(({ encoding }) => encoding === 'ttlv', ttlvBends),
  ...where(({ encoding }) => encoding !== 'ttlv', textBends),
  ...where(({ over }) => over === 'http', httpBends),
};

/** What moves objects on, and what tells how they are, comes before what stands alone. */
const weights: Readonly<Record<string, number>> = {
  ...{ getAttributes: 2, batch: 6, activate: 3, revoke: 2, destroy: 2, get: 2 },
  ...{ addAttribute: 2, setAttribute: 2, deleteAttribute: 2, getAttributeList: 2, locate: 2 },
  ...{ encrypt: 2, decrypt: 2, sign: 2, signatureVerify: 2, mac: 2, macVerify: 2 },
};

/** What a campaign bends in KMIP besides bytes, contents and order. */
export const fuzzing: Fuzzing<KmipBend> = {
  frames,
  contents: (message, making) => rareContents(messageNamed(message), making),
  weights,
  usualShare: 0.6,
  promising,
  rawContent: (bytes) => ({ raw: bytes }),
  contentText: textOf,
};

/** A message as JSON: there texts are cut and broken. */
function textOf(content: unknown): string {
  if (!isFields(content)) return content === undefined ? '' : jsonText(content);
  const { RequestMessage, ResponseMessage } = tags;
  const version = registryFor(content);
  const root = 'ResponseHeader' in content ? ResponseMessage : RequestMessage;
  return writeJson(messageOf(root, content, version), version);
}
