import { centralKms } from 'qkdspec/mock-socket';

await using kms = centralKms();
const socket = new WebSocket(kms.url);
const opened = new Promise((resolve) => socket.addEventListener('open', resolve));
await opened;
const { verdict } = kms.verdict();
console.log(verdict);
socket.close();

// @ts-expect-error: a text, not a number, where types came along
export const wrong: number = kms.url;
