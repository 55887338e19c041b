/** The searches that the laboratory shows as moving pictures. */
import { expect, test } from '@jest/globals';
import { pathFigures, pathSettings, shown } from '../../experiments/rios/paths.js';
import { framesOf, searchPath } from '../../experiments/shared/population-path.js';
import { UsageError } from '../../src/core/errors.js';

test('a frame holds its own candidates, and the best of all until then', () => {
  const frames = framesOf([0, 0, 1, 1, 2, 2, 3, 3, 4, 4], [5, 3, 4, 2, 9], 2);
  expect(frames.map(({ points, best, loss }) => ({ points, best, loss }))).toEqual([
    { points: [0, 0, 1, 1], best: [1, 1], loss: 3 },
    { points: [2, 2, 3, 3], best: [3, 3], loss: 2 },
    { points: [4, 4], best: [3, 3], loss: 2 },
  ]);
  expect(frames[2].label).toEqual({ en: 'evaluation 5', zh: '第 5 次评估' });
});

test('the local search stays in a valley beside the lowest one, the swarm finds the lowest, as their readings say', async () => {
  const paths = await Promise.all(shown.map((one) => searchPath(pathSettings(one))));
  const [local, swarm] = paths.map(({ frames, optimum = [0, 0] }) => {
    const { best = [0, 0], loss = 0 } = frames[frames.length - 1];
    return { away: Math.hypot(best[0] - optimum[0], best[1] - optimum[1]), loss };
  });
  // Rastrigin's valleys lie about one apart, and the least loss of a neighbouring one is 0.995.
  expect([local.away, local.loss]).toEqual([expect.closeTo(1, 1), expect.closeTo(0.995, 3)]);
  expect([swarm.away < 0.01, swarm.loss < 0.01]).toEqual([true, true]);
  for (const { columns, rows, surface, low, high, optimum = [0, 0] } of paths) {
    expect(surface).toHaveLength(columns * rows);
    const least = surface.indexOf(Math.min(...surface));
    const at = (cell: number) => low + ((cell + 0.5) / columns) * (high - low);
    expect(Math.abs(at(least % columns) - optimum[0])).toBeLessThan((high - low) / columns);
    expect(Math.abs(at(Math.floor(least / columns)) - optimum[1])).toBeLessThan((high - low) / columns);
  }
  expect(pathFigures(paths).map(({ id, frames }) => [id, frames.length > 20])).toEqual([
    ['path-nelder-mead', true],
    ['path-pso', true],
  ]);
});

test('a problem without bounds is refused in words', async () => {
  const settings = { problem: 'more-wild:7', strategy: 'pso', seed: 1, evaluations: 10, perFrame: 5, cells: 4 };
  await expect(searchPath(settings)).rejects.toThrow(UsageError);
  await expect(searchPath(settings)).rejects.toThrow(/more-wild:7.* has no bounds/);
});
