import { itemsOf, reasons, textAt, type Request } from '#models/kmip/index.ts';
import type { Deed, SideScene } from '#src/contract/side.ts';
import { say } from '../say.ts';

/**
 * What the server does about a request, where it is an operation without a message around it: a
 * failure is then a status of HTTP.
 */
export function forAlone(
  deed: Deed,
  { bare }: Pick<Request, 'bare'>,
  { settings }: Pick<SideScene<unknown>, 'settings'>,
): Deed {
  if (!bare || deed.do !== 'say' || settings.readings['bareFailures'] === 'message') return deed;
  const { message, content } = deed.utterance;
  if (message !== 'failed' && message !== 'rejected') return deed;
  const [item] = itemsOf(content);
  const reason = textAt(item, 'ResultReason') ?? 'GeneralFailure';
  const said = textAt(item, 'ResultMessage');
  const text = said === null ? reason : `${reason}: ${said}`;
  return say('httpRefused', { status: statusOf(reason), text });
}

/** The document names none: those that HTTP has for such errors. @see RFC 9110, section 15 */
function statusOf(reason: string): number {
  const isOneOf = (names: readonly string[]) => names.includes(reason);
  if (isOneOf(['PermissionDenied', 'AuthenticationNotSuccessful'])) return 401;
  if (isOneOf(['ItemNotFound', 'ObjectNotFound', 'ObjectDestroyed'])) return 404;
  if (isOneOf(reasons.unsupported)) return 501;
  return reason === 'InternalServerError' ? 500 : 422;
}
