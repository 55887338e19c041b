/** The problems of one process: each id is parsed once, and its data and sessions stay while runs on it follow each other. */

import type { Problem } from '../problems/problem.js';
import { findProblem } from '../problems/registry.js';

export class ProblemCache {
  readonly #problems = new Map<string, Promise<Problem>>();

  find(id: string): Promise<Problem> {
    let problem = this.#problems.get(id);
    if (problem === undefined) {
      problem = findProblem(id);
      this.#problems.set(id, problem);
    }
    return problem;
  }
}
