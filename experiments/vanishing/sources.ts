/** What the experiment refers to. */
import type { Reference } from '../../src/core/strategy.js';

export const hochreiter: Reference = {
  authors: 'S. Hochreiter, J. Schmidhuber',
  year: 1997,
  title: 'Long Short-Term Memory, section 3.1, after S. Hochreiter 1991',
  link: 'https://doi.org/10.1162/neco.1997.9.8.1735',
};

export const glorot: Reference = {
  authors: 'X. Glorot, Y. Bengio',
  year: 2010,
  title: 'Understanding the difficulty of training deep feedforward neural networks',
  link: 'https://proceedings.mlr.press/v9/glorot10a.html',
};

export const he: Reference = {
  authors: 'K. He, X. Zhang, S. Ren, J. Sun',
  year: 2015,
  title: 'Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification',
  link: 'https://arxiv.org/abs/1502.01852',
};
