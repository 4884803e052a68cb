import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';

/** The usual port where none is at hand: nothing is sent there. */
const anyPort = 9;

/**
 * The address of this machine by which a host can reach it; loopback where that cannot be known.
 * Sends nothing.
 */
export async function localAddressTowards(host: string): Promise<string> {
  const found = await lookup(host).catch(() => null);
  if (found === null) return '127.0.0.1';
  const socket = createSocket(found.family === 6 ? 'udp6' : 'udp4');
  try {
    return await new Promise<string>((resolve, reject) => {
      socket.once('error', reject);
      socket.connect(anyPort, found.address, () => resolve(socket.address().address));
    });
  } catch {
    return '127.0.0.1';
  } finally {
    socket.close();
  }
}
