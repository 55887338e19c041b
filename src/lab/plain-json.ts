/** What a step may keep: data that JSON gives back as it was. */
import { StoreError } from '../core/errors.js';

/**
 * The value as JSON will give it back. Throws StoreError that names the first place which JSON would change without a word: numbers
 * that are not finite, typed arrays, maps, functions.
 */
export function plainJson<T>(value: T, path: string): T {
  check(value, path);
  return JSON.parse(JSON.stringify(value ?? null)) as T;
}

function check(value: unknown, path: string): void {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw unkept(path, String(value), 'null in its place');
    return;
  }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) check(value[i], `${path}[${i}]`);
    return;
  }
  const prototype = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null) {
    const kind = typeof value === 'object' ? value.constructor.name : typeof value;
    throw unkept(path, `a ${kind}`, 'numbers, strings, booleans, null, arrays and plain objects (Array.from of a typed array)');
  }
  for (const [key, member] of Object.entries(value)) check(member, `${path}.${key}`);
}

function unkept(path: string, got: string, instead: string): StoreError {
  return new StoreError(`What a step of an experiment answers is kept as JSON, which cannot hold ${path}, ${got}. Give ${instead}.`);
}
