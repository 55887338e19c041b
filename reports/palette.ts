/**
 * One look for each strategy, the same in every chart: a colour of Okabe and Ito's palette, which people with any colour
 * vision tell apart (https://jfly.uni-koeln.de/color/), with its own dash and marker, so that print and grey scale work too.
 */
import type { Theme } from './finish.js';

const markers = ['circle', 'rect', 'triangle', 'rectRot', 'star', 'cross', 'crossRot'] as const;
const dashes = [[], [7, 3], [2, 2], [9, 3, 2, 3], [4, 2], [12, 4], [1, 3]] as const;

export interface Look {
  readonly pointStyle: string;
  readonly borderDash: readonly number[];
}

/** `index` counts the study's strategies. From the eighth on colours repeat with another dash and marker. */
export function look(index: number): Look {
  const round = Math.floor(index / markers.length);
  return { pointStyle: markers[(index + round) % markers.length], borderDash: dashes[(index + round) % dashes.length] };
}

const neutral = { evaluate: '#4a6785', ask: '#8aa9c4', tell: '#c9d8e5' };

/** On white: PNG, print and the page by day. */
export const light: Theme = {
  strategies: ['#0072b2', '#d55e00', '#009e73', '#b4568f', '#c98a00', '#3a9bd9', '#555555'],
  neutral,
  text: '#1f2328',
  muted: '#59636e',
  grid: '#e6e8eb',
  background: '#ffffff',
};

/** On near black; the same hues, lighter. */
export const dark: Theme = {
  strategies: ['#58a9e0', '#f0813a', '#2fc79a', '#dd8fbd', '#e8b33f', '#9ad0f5', '#b8bec6'],
  neutral: { evaluate: '#9cc0e0', ask: '#64839f', tell: '#3d5268' },
  text: '#e8eaed',
  muted: '#a2aab4',
  grid: '#2d333b',
  background: '#16191d',
};

/** What follows the seven where a picture of the laboratory has more lines: brown, violet, olive, each line with a dash of its own too. */
export const further = {
  light: ['#7a3b10', '#5b3fb5', '#6f7d00'],
  dark: ['#cf8f66', '#b0a2f5', '#c3d04f'],
} as const;
