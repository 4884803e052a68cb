import { parentPort, workerData } from 'node:worker_threads';
import { correctBlock } from './block.ts';
import { decoderOf } from './ldpc/decode.ts';
import type { BlockTask } from './pool.ts';

/** One thread of a pool: corrects blocks of the code that it was started with. */
const decoder = decoderOf(workerData);
const port = parentPort;
port?.on('message', ({ message, ...own }: BlockTask) => {
  port.postMessage(correctBlock(decoder, message, own), []);
});
