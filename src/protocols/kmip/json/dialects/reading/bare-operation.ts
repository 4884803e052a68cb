import { enumerationNamed } from '../../../registry/enumeration-names.ts';
import { enumerationNamedLoosely } from '../../../registry/loose-names.ts';
import { tags } from '../../../registry/tags.ts';
import type { TagSpelling } from '../../dialect.ts';

/**
 * An operation without a message around it, as Cosmian's `/kmip/2_1` takes it: its fields in a
 * structure that is called as the operation (`Create`), or its answer's (`CreateResponse`). The
 * item keeps that name.
 */
export const bareOperation: TagSpelling = operationBy(enumerationNamedLoosely);

/** The same, where operations are called as the standard normalises their names. */
export const exactBareOperation: TagSpelling = operationBy(enumerationNamed);

function operationBy(named: typeof enumerationNamed): TagSpelling {
  return (name, { parent, version }) => {
    if (parent !== null) return null;
    const operation = name.replace(/Response$/, '');
    const isOperation = named(tags.Operation, operation, version) !== undefined;
    return isOperation ? { tag: 0, kind: 'bareOperation' } : null;
  };
}
