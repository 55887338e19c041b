/** What the experiment refers to. */
import type { Reference } from '../../src/core/strategy.js';

export const article: Reference = {
  authors: 'J. McCaffrey',
  year: 2013,
  title: 'Neural network training using particle swarm optimization (Visual Studio Magazine, December 2013), and its program',
  link: 'https://visualstudiomagazine.com/articles/2013/12/01/neural-network-training-using-particle-swarm-optimization.aspx',
};
