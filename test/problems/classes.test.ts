/** The classes that problems claim, against their values: a convex function lies below its chords, a smooth one has one slope. */
import { describe, expect, test } from '@jest/globals';
import { densePopulation } from '../../src/core/population.js';
import { Rng } from '../../src/core/rng.js';
import { oscillate } from '../../src/problems/bbob/transforms.js';
import { findProblem } from '../../src/problems/registry.js';

async function lossOf(id: string) {
  const problem = await findProblem(id);
  const { losses, space, publishedStart: start } = await problem.open({ seed: 1, provider: 'cpu', threads: 1 });
  const population = densePopulation(space, 1);
  const out = new Float64Array(1);
  const loss = (x: readonly number[]): number => {
    population.values.set(x);
    void losses(population, 0, out);
    return out[0] - (problem.optimum ?? 0);
  };
  return { problem, loss, start };
}

/** Largest excess over a chord's middle, relative to the values there; above 0 only where the function is not convex. */
async function excess(id: string, draws = 300): Promise<number> {
  const { problem, loss, start } = await lossOf(id);
  const rng = Rng.seeded(7);
  let most = -Infinity;
  for (let k = 0; k < draws; k++) {
    const size = 10 ** (3 * rng.uniform() - 2);
    const [a, b] = [0, 1].map(() => Array.from({ length: problem.dimension }, (_, i) => (start?.[i] ?? 0) + size * rng.normal()));
    const ends = (loss(a) + loss(b)) / 2;
    const over = (loss(a.map((x, i) => (x + b[i]) / 2)) - ends) / ends;
    if (Number.isFinite(over)) most = Math.max(most, over);
  }
  return most;
}

/**
 * How much of a change of slope is left when it is looked at a thousand times closer: 1 at a kink, more at a jump, little where there
 * is neither. Looked at where lines near the optimum change slope most, a walk along each in steps of 1e-4, and at the optimum.
 * Ends with the first line that bends by `enough`.
 */
async function sharpestBend(id: string, enough: number): Promise<number> {
  const { problem, loss } = await lossOf(id);
  const [x, y] = (await problem.open({ seed: 1, provider: 'cpu', threads: 1 })).optimumAt ?? [];
  const [inside, around] = Math.abs(x) === 5 ? [0.8, 0.5] : [1, 4]; // f5's optimum is in the corner
  const rng = Rng.seeded(3);
  let sharpest = 0;
  for (let line = 0; line < 20 && sharpest < enough; line++) {
    const angle = 2 * Math.PI * rng.uniform();
    const [left, low] = [inside * x, inside * y].map((place) => place + (line === 0 ? 0 : around * (rng.uniform() - 0.5)));
    const along = (t: number) => loss([left + t * Math.cos(angle), low + t * Math.sin(angle)]);
    const bend = (t: number, step: number) => Math.abs(along(t + step) - 2 * along(t) + along(t - step)) / step;
    const steepest = (middle: number, step: number, count: number) => {
      let [place, most] = [middle, 0];
      let [before, here] = [along(middle - (count + 1) * step), along(middle - count * step)];
      for (let k = -count; k <= count; k++) {
        const after = along(middle + (k + 1) * step);
        const change = Math.abs(after - 2 * here + before) / step;
        if (change > most) [place, most] = [middle + k * step, change];
        [before, here] = [here, after];
      }
      return { place, most };
    };
    const far = steepest(0, 1e-4, 5000);
    const close = [1e-5, 1e-6, 1e-7].reduce((seen, step) => steepest(seen.place, step, 20), far);
    const slope = Math.abs(along(close.place + 1e-3) - along(close.place - 1e-3)) / 2e-3;
    // what rounding leaves on a straight line is no bend
    if (close.most > 1e-5 * slope) sharpest = Math.max(sharpest, close.most / far.most);
    if (line === 0 && bend(0, 1e-4) > 1e-5 * slope) sharpest = Math.max(sharpest, bend(0, 1e-6) / bend(0, 1e-4));
  }
  return sharpest;
}

/** Excess of the loss half-way between two points of f12's valley, each the lowest on its line across, over the mean of theirs. */
async function excessAlongValley(id: string): Promise<number> {
  const { loss, problem } = await lossOf(id);
  const [x, y] = (await problem.open({ seed: 1, provider: 'cpu', threads: 1 })).optimumAt ?? [];
  const lowest = (left: number): readonly number[] => {
    let [low, width] = [y, 3];
    for (; width > 1e-6; width /= 4) {
      const tried = Array.from({ length: 41 }, (_, k) => low + (width * (k - 20)) / 10);
      const losses = tried.map((candidate) => loss([left, candidate]));
      low = tried[losses.indexOf(Math.min(...losses))];
    }
    return [left, low];
  };
  const excesses = [-1, 1].map((side) => {
    const [a, b] = [lowest(x + 0.2 * side), lowest(x + 2 * side)];
    return loss(a.map((value, i) => (value + b[i]) / 2)) / ((loss(a) + loss(b)) / 2) - 1;
  });
  return Math.max(...excesses);
}

/** One problem of each Moré-Wild function, with the standard start. */
const convex = [1, 3, 5, 11, 39, 41];
const notConvex = [7, 9, 13, 15, 17, 18, 19, 21, 23, 25, 26, 29, 32, 34, 35, 36, 37, 43, 45, 52];
const forms = (numbers: readonly number[]) => numbers.flatMap((k) => [`more-wild:${k}`, `more-wild:${k}:nondiff`]);

test.each(['sphere:d3', 'ellipsoid:d3', ...forms(convex)])('%s is convex', async (id) => {
  expect((await findProblem(id)).classes?.convex).toBe(true);
  expect(await excess(id)).toBeLessThan(1e-12);
});

test.each(['rosenbrock:d2', 'rastrigin:d2', ...forms(notConvex)])('%s is not', async (id) => {
  expect((await findProblem(id)).classes?.convex).toBe(false);
  expect(await excess(id, 3000)).toBeGreaterThan(1e-3);
});

test('where neither is known nothing is claimed; only plain sums of squares are smooth', async () => {
  for (const k of [27, 46]) expect((await findProblem(`more-wild:${k}`)).classes).toEqual({ smooth: true });
  for (const form of ['wild3', 'noisy3']) expect((await findProblem(`more-wild:7:${form}`)).classes).toEqual({ smooth: false });
  for (const id of ['bbob:f101:i1:d2', 'bbob:f13:i1:d2:noise=gauss']) {
    const { smooth, convex } = (await findProblem(id)).classes ?? {};
    expect([id, smooth, convex]).toEqual([id, false, undefined]);
  }
});

describe('BBOB', () => {
  const all = Array.from({ length: 24 }, (_, k) => `bbob:f${k + 1}:i1:d2`);

  const stretched = all.slice(14, 16);

  test('has its five groups', async () => {
    const groups = await Promise.all(all.map(async (id) => (await findProblem(id)).classes?.group));
    const ends = [5, 9, 14, 19, 24];
    expect([...new Set(groups)]).toHaveLength(5);
    groups.forEach((group, k) => {
      expect([k + 1, group]).toEqual([k + 1, groups[ends[ends.findIndex((end) => k < end)] - 1]]);
    });
  });

  test('has four convex functions, and of all others chords lie below the function', async () => {
    for (const id of all) {
      const { classes } = await findProblem(id);
      const most = id === 'bbob:f12:i1:d2' ? await excessAlongValley('bbob:f12:i3:d2') : await excess(id, 3000);
      if (classes?.convex) expect([id, most < 1e-9]).toEqual([id, true]);
      else expect([id, most > 1e-3]).toEqual([id, true]);
    }
    expect((await Promise.all(all.map(findProblem))).filter(({ classes }) => classes?.convex)).toHaveLength(4);
  });

  test("is not smooth in f15 and f16, whose bends are T_osz's: its slope at 0 has no limit", async () => {
    for (const id of stretched) expect((await findProblem(id)).classes?.smooth).toBe(false);
    const slopes = Array.from({ length: 200 }, (_, k) => oscillate(10 ** (-k / 20)) * 10 ** (k / 20));
    for (const part of [slopes.slice(0, 100), slopes.slice(100)]) expect(Math.max(...part) - Math.min(...part)).toBeGreaterThan(0.15);
  });

  test('is smooth where the bends of lines through the optimum and elsewhere fade when looked at closely', async () => {
    for (const id of all.filter((each) => !stretched.includes(each))) {
      const smooth = (await findProblem(id)).classes?.smooth;
      const bend = await sharpestBend(id, 0.5);
      expect([id, smooth ? bend < 0.3 : bend > 0.5]).toEqual([id, true]);
    }
  });
});

test.each([
  ['iris', { smooth: true, convex: false }],
  ['iris(4-3,tanh)', { smooth: true, convex: true }],
  ['iris(4-7-3,relu)', { smooth: false, convex: false }],
  ['iris(4-7-3,tanh,l1=0.01)', { smooth: false, convex: false }],
  ['iris(4-7-3,x/(1+x^2))', { convex: false }],
  ['iris(4-7-3,tanh,batch=30)', {}],
  ['mnist(conv8k5-max2-10,tanh,batch=full)', { smooth: false, convex: false }],
  ['expression(x^2 + exp(y)/3; x:-1..1, y:-1..1)', { smooth: true }],
  ['expression(abs(x)^2; x:-1..1)', undefined],
  ['expression(x^0.5; x:0..1)', undefined],
])('%s: %j', async (id, known) => {
  expect((await findProblem(id)).classes).toEqual(known);
});
