/** Canonical JSON and the hash of it: equal values give equal text, whatever the order in which their keys were written. */
import { createHash } from 'node:crypto';

/** What was made of objects that many values share, and that nobody changes. */
export type Canonical = WeakMap<object, string>;

/** JSON with sorted keys and without undefined members; numbers that JSON has no word for become strings. */
export function canonicalJson(value: unknown, known: Canonical = new WeakMap()): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  let text = known.get(value);
  if (text === undefined) {
    text = Array.isArray(value) ? `[${value.map((member) => canonicalJson(member, known)).join(',')}]` : objectJson(value, known);
    known.set(value, text);
  }
  return text;
}

function objectJson(value: object, known: Canonical): string {
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member, known)}`);
  return `{${members.join(',')}}`;
}

/** The first 64 bits of the SHA-256 of a value's canonical JSON, in hexadecimal. */
export function shortHash(value: unknown, known?: Canonical): string {
  return createHash('sha256').update(canonicalJson(value, known)).digest('hex').slice(0, 16);
}
