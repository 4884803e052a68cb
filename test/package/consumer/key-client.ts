import { setupServer } from 'msw/node';
import { qkdDevice, type Push } from 'qkdspec/msw';

const onPush = ({ end }: Push) => new Response(end);
await using device = qkdDevice({ baseUrl: 'http://qkd-a.test', onPush });
const worker = setupServer(...device.handlers);
worker.listen();
const { status } = await fetch('http://qkd-a.test/nowhere', { method: 'PUT' });
worker.close();
const { verdict, violation } = await device.finish();
console.log(status, verdict, violation?.requirement.id);

// @ts-expect-error: a word, not a number, where types came along
export const wrong: number = verdict;
