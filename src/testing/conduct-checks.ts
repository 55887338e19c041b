/** Checks of manners: a strategy leaves what it is lent as it was, and stops in words that are known. */
import { encode } from '../core/codec.js';
import type { Space } from '../core/space.js';
import type { AnyStrategy } from '../core/strategy.js';
import { type Check, equalBytes, outcome, Trial } from './check.js';
import { bbobBox, optimumAt, over, rosenbrock } from './test-objectives.js';

const questions = 20;
const objective = over(rosenbrock, { ...bbobBox(6), first: optimumAt(6, 4, 3) }, optimumAt(6, 3, 1));

export const leavesGiven: Check = {
  name: 'givens',
  claim: 'changes neither the space that it is given, but for taking its first point, nor the numbers of an answer',
  input: () => `compare the space and every answer, before and after, over the start and ${questions} questions`,
  run(strategy) {
    let space: Space | undefined;
    let changed = '';
    const watched: AnyStrategy = {
      ...strategy,
      start(given, ...rest) {
        space = given;
        return strategy.start(given, ...rest);
      },
      tell(state, answer) {
        const before = encode(answer);
        strategy.tell(state, answer);
        if (!equalBytes(before, encode(answer)))
          changed ||= `it changes the ${answer.kind === 'losses' ? 'losses' : 'gradient'} that it is told`;
      },
    };
    const before = encode(withoutFirst(objective.space));
    const trial = new Trial(watched, objective, { seed: 1 });
    const intact = () => space !== undefined && equalBytes(before, encode(withoutFirst(space)));
    if (!intact()) return outcome(false, 'start changes the space that it is given; it may change copies');
    for (let k = 0; k < questions && changed === ''; k++) if (!trial.step()) break;
    if (!intact()) return outcome(false, 'it changes the space that it was given at the start; it may change copies');
    return outcome(changed === '', changed || `the same after ${questions} questions`);
  },
};

/** Without the one part that a strategy may take away. */
function withoutFirst({ first: _taken, ...space }: Space): Space {
  return space;
}

export const stopsByReason: Check = {
  name: 'stop',
  claim: 'answers stop with undefined, or with a reason that a strategy can have, and does not stop before its first question',
  input: () => `ask stop before the first of ${questions} questions and after each, until a reason comes`,
  run(strategy) {
    const trial = new Trial(strategy, objective, { seed: 1 });
    const early = trial.harness.stop();
    if (early !== undefined) return outcome(false, `it stops with "${early}" before its first question`);
    for (let k = 1; k <= questions && trial.step(); k++) {
      const reason = trial.harness.stop();
      if (reason !== undefined) return outcome(true, `"${reason}" after ${k} questions`);
    }
    return outcome(true, strategy.stop === undefined ? 'it never stops by itself' : `no reason in ${questions} questions`);
  },
};
