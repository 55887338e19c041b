/** The words that a card may have, for cards that no compiler has read. */
import { shown } from '../core/settings-check.js';
import type { Card, Invariance } from '../core/strategy.js';

const invariances: Readonly<Record<Invariance, true>> = { translation: true, order: true, rotation: true };
const cardWords: Readonly<Record<'needs' | 'bounds' | 'noise' | 'settles', readonly unknown[]>> = {
  needs: ['losses', 'gradient'] satisfies Card['needs'][],
  bounds: ['required', 'respected'] satisfies Card['bounds'][],
  noise: ['tolerates', 'misled'] satisfies Card['noise'][],
  settles: ['optimum', 'region', undefined] satisfies Card['settles'][],
};

/** What a card says in words that no card has, one sentence each. */
export function strayWords(card: Card): string[] {
  const faults = Object.entries(cardWords).flatMap(([part, allowed]) => {
    const word: unknown = card[part as keyof typeof cardWords];
    return allowed.includes(word) ? [] : [`the card's ${part} is ${shown(word)}; it may be ${allowed.filter(Boolean).join(' or ')}`];
  });
  const known = Object.keys(invariances);
  const given: unknown = card.invariances;
  if (!Array.isArray(given))
    return [...faults, `the card's invariances are ${shown(given)}; they must be a list of ${known.join(', ')}, or []`];
  const stray = given.filter((word) => !known.includes(word as string)).map(shown);
  return stray.length === 0 ? faults : [...faults, `the card's invariances hold ${stray.join(', ')}; they may hold ${known.join(', ')}`];
}
