/** A name of a file for a problem id or a label. */
import { shortHash } from './canonical.js';

/** Letters, digits, dots and dashes stay; a name that loses more than its brackets gets a piece of its hash, so that no two are equal. */
export function fileName(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, '-').replace(/-+$/, '');
  return /^[\w.\-(),:]*$/.test(name) && plain.length <= 80 ? plain : `${plain.slice(0, 80)}-${shortHash(name).slice(0, 6)}`;
}
