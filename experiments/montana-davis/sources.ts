/** What the experiment refers to. */
import type { Reference } from '../../src/core/strategy.js';

export const paper: Reference = {
  authors: 'D. J. Montana, L. Davis',
  year: 1989,
  title: 'Training Feedforward Neural Networks Using Genetic Algorithms',
  link: 'https://www.ijcai.org/Proceedings/89-1/Papers/122.pdf',
};

/** Through which most of the settings are known. */
export const account: Reference = {
  authors: 'M. Mitchell',
  year: 1996,
  title: 'An Introduction to Genetic Algorithms, section 2.3',
  link: 'https://doi.org/10.7551/mitpress/3927.001.0001',
};
