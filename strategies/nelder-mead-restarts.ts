/**
 * Nelder-Mead, started anew from another first point whenever it has converged: without restarts a simplex that has collapsed, or
 * that sits in a poor local minimum, is the end.
 */
import { nelderMead } from './nelder-mead.js';
import { restarted } from './shared/restarts.js';

export const nelderMeadRestarts = { ...restarted(nelderMead), name: 'nelder-mead-restarts' };
