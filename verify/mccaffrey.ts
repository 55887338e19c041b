/** McCaffrey's swarm beside his own program of 2013, emulated with .NET's random numbers. */

import { expected, runProgram } from '../experiments/mccaffrey/run.js';
import type { VerificationRow } from './shared/bbob-rows.js';

export const verification = {
  name: 'mccaffrey',
  async run(progress: (done: string) => void): Promise<VerificationRow[]> {
    const ours = runProgram(16);
    progress('30 Iris rows');
    const rows: [string, keyof typeof expected][] = [
      ['best error of the first swarm', 'startError'],
      ['epochs until the error is below 0.05', 'epochs'],
      ['evaluations until then', 'evaluations'],
      ['error then', 'error'],
      ['training rows classified right, of 24', 'trainRight'],
      ['test rows classified right, of 6', 'testRight'],
    ];
    return rows.map(([what, key]) => ({
      what: `mccaffrey-pso, 30 Iris rows: ${what}`,
      ours: ours[key],
      published: expected[key],
      ratio: ours[key] / expected[key],
      seeds: 1,
      source: "J. McCaffrey's C# program (Visual Studio Magazine, December 2013), new Random(16)",
      note: "his program's figures are those of an independent emulation: the article shows them on a picture",
    }));
  },
};
