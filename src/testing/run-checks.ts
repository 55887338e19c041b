/** Checks of the run itself: a strategy keeps its contract, follows its seed, can be saved anywhere, and refuses what it cannot do. */
import { arrayBytes, decode, encode } from '../core/codec.js';
import { UsageError } from '../core/errors.js';
import { Harness } from '../core/harness.js';
import { restoreHarness } from '../core/optimizer.js';
import { describeOptions, parseOptions } from '../core/options.js';
import { shown } from '../core/settings-check.js';
import type { Space } from '../core/space.js';
import type { AnyStrategy } from '../core/strategy.js';
import { demands } from './budgets.js';
import { strayWords } from './card-words.js';
import { type Check, coordinates, equalBytes, outcome, skipped, Trial } from './check.js';
import { bbobBox, optimumAt, over, rosenbrock } from './test-objectives.js';

/** Rosenbrock in 6 coordinates: nothing special happens at its first generations, which is what these checks need. */
const objective = over(rosenbrock, bbobBox(6), optimumAt(6, 3, 1));

export const keepsContract: Check = {
  name: 'contract',
  claim: 'has a name, a title, a reference and a card, and options that all have a meaning and a default',
  input: () => 'read its card and describeOptions(strategy)',
  run(strategy) {
    const faults: string[] = [];
    const expect = (right: boolean, fault: string) => {
      if (!right) faults.push(fault);
    };
    const { name, title, family, reference, card } = strategy;
    // what goes around another strategy has the other's name in parentheses: restarted(pso)
    const words = name.replace(/\)+$/, '').split('(');
    const closed = /\)*$/.exec(name)?.[0].length === words.length - 1;
    expect(closed && words.every((word) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(word)), `the name "${name}" is not kebab-case`);
    expect(title?.length > 0, 'there is no title');
    expect(
      reference?.authors?.length > 0 && reference.title?.length > 0 && reference.year > 1600,
      'the reference lacks authors, year or title',
    );
    expect(Object.hasOwn(demands, family), `the family "${family}" is none of ${Object.keys(demands).join(', ')}`);
    for (const fault of strayWords(card)) expect(false, fault);
    expect(card.largestDimension >= 1, `the card's largestDimension is ${shown(card.largestDimension)}, no number from 1 on`);
    const budget = card.largestBudget ?? 1;
    expect(Number.isInteger(budget) && budget >= 1, `the card's largest budget is ${budget}, no whole number from 1 on`);
    for (const [what, count] of [
      ['memory', card.memory(100, 10)],
      ['work', card.work(100, 10)],
    ] as const) {
      expect(Number.isFinite(count) && count >= 0, `the card's ${what} at dimension 100 and population 10 is ${count}`);
    }
    for (const option of describeOptions(strategy)) expect(option.meaning.length > 0, `option ${option.name} has no description`);
    try {
      parseOptions(strategy, {});
    } catch (error) {
      faults.push(`options parsed from {} give no defaults: ${(error as Error).message}`);
    }
    return outcome(faults.length === 0, faults.join('; ') || 'complete');
  },
};

export const followsSeed: Check = {
  name: 'seed',
  claim: 'asks the same points, to the bit, for the same seed, and others for another; where its family is deterministic, the same for all',
  input: () => 'compare the points asked with seeds 1, 1 and 2 over 10 questions',
  run(strategy) {
    const asked = (seed: number) => {
      const points: number[] = [];
      const trial = new Trial(strategy, objective, { seed });
      for (let k = 0; k < 10; k++) trial.step((query) => points.push(...coordinates(query)));
      return points;
    };
    const [first, again, other] = [asked(1), asked(1), asked(2)];
    const same = first.length === again.length && first.every((x, i) => Object.is(x, again[i]));
    const different = first.some((x, i) => !Object.is(x, other[i]));
    const detail = `${first.length} coordinates of 10 questions: seed 1 ${same ? 'repeats' : 'does not repeat'}, seed 2 ${different ? 'differs' : 'is the same'}`;
    const right = different !== (strategy.family === 'global deterministic');
    return outcome(same && right, detail);
  },
};

export const resumes: Check = {
  name: 'resume',
  claim: 'after N questions, a save, a restore and N more is where 2N questions lead, bit for bit, also saved between question and answer',
  input: () => 'Optimizer.restore(optimizer.save(), strategy) after n questions, then n more; compare with 2 n; n = 1 and 7',
  run(strategy) {
    for (const half of [1, 7]) {
      for (const pending of [false, true]) {
        const whole = new Trial(strategy, objective, { seed: 4 });
        for (let k = 0; k < 2 * half; k++) whole.step();
        const first = new Trial(strategy, objective, { seed: 4 });
        for (let k = 0; k < half; k++) first.step();
        if (pending) first.harness.ask();
        const second = new Trial(restoreHarness(decode(encode(first.harness.data)), strategy), objective);
        for (let k = 0; k < half; k++) second.step();
        whole.harness.ask();
        second.harness.ask();
        if (!equalBytes(withoutTimes(whole.harness), withoutTimes(second.harness))) {
          const when = pending ? 'between question and answer' : 'between answer and question';
          return outcome(false, `saved after ${half} questions, ${when}: the states differ after ${2 * half}`);
        }
      }
    }
    return outcome(true, 'equal states, questions, best points and costs after 1 + 1 and 7 + 7 questions');
  },
};

function withoutTimes({ data }: Harness): Uint8Array {
  return encode({ ...data, cost: { ...data.cost, secondsAsk: 0, secondsTell: 0, secondsEvaluate: 0 } });
}

/** Small parts of a state that a card need not count: a generator's words, a few scalars in arrays. */
const slackBytes = 4096;

const dimensionOfMemory = ({ card }: AnyStrategy) => Math.min(1000, card.largestDimension);

export const fitsMemory: Check = {
  name: 'memory',
  claim: 'keeps as many bytes as its card says, to within a factor of two, and no more',
  input: (strategy) => `count the bytes of all typed arrays in the state after three questions at dimension ${dimensionOfMemory(strategy)}`,
  run(strategy) {
    const dimension = dimensionOfMemory(strategy);
    const bytes = (['float64', 'float32'] as const).map((precision) => {
      let size = 1;
      const trial = new Trial(strategy, over(rosenbrock, bbobBox(dimension, precision)), { seed: 1 });
      for (let k = 0; k < 3; k++) {
        trial.step((query) => {
          if (query.kind === 'losses') size = query.population.size;
        });
      }
      return { size, kept: arrayBytes(trial.harness.data.state) };
    });
    const { size } = bytes[0];
    const claimed = strategy.card.memory(dimension, size);
    const [wide, narrow] = bytes.map(({ kept }) => kept);
    const right = wide <= claimed + slackBytes && narrow <= claimed + slackBytes && wide >= claimed / 2 - slackBytes;
    return outcome(
      right,
      `at dimension ${dimension} and population ${size}: ${wide} bytes in float64, ${narrow} in float32; its card says ${claimed}`,
    );
  },
};

export const endsAtBudget: Check = {
  name: 'budget',
  claim: 'where its card names a largest budget: converges on Rosenbrock in 2 coordinates when it is spent, and not at half of it',
  input: ({ card }) => `minimize Rosenbrock in 2 coordinates of [-5, 5], budget { evaluations: ${2 * (card.largestBudget ?? 0)} }`,
  run(strategy) {
    const { largestBudget } = strategy.card;
    if (largestBudget === undefined) return skipped('its card names none');
    const { spent } = new Trial(strategy, over(rosenbrock, bbobBox(2)), { seed: 1 }).spend(2 * largestBudget);
    return outcome(spent <= largestBudget && spent > largestBudget / 2, `ended after ${spent} evaluations; its card says ${largestBudget}`);
  },
};

export const refusesBeyondCard: Check = {
  name: 'refusal',
  claim: 'refuses a space beyond its largest dimension in words, before it allocates anything',
  input: ({ card }) => `new Optimizer(strategy, space of ${card.largestDimension + 1} coordinates)`,
  run(strategy) {
    const { largestDimension } = strategy.card;
    const dimension = largestDimension + 1;
    if (!Number.isSafeInteger(dimension)) return skipped('its card sets no limit');
    let started = false;
    const watched: AnyStrategy = {
      ...strategy,
      start(...given) {
        started = true;
        return strategy.start(...given);
      },
    };
    const space: Space = { dimension, precision: 'float32', start: [{ offset: 0, length: dimension, kind: 'constant', value: 0 }] };
    let message = 'it accepted the space';
    let words = false;
    try {
      Harness.start(watched, space, {});
    } catch (error) {
      message = (error as Error).message;
      words = error instanceof UsageError && message.includes(strategy.name);
    }
    return outcome(words && !started, message);
  },
};
