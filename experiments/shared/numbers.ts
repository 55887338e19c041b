/** Numbers as experiments print them. */

/** A share as a percentage with two decimals, or as many as are given: '97.43 %'. */
export function percent(share: number, decimals = 2): string {
  return `${(100 * share).toFixed(decimals)} %`;
}
