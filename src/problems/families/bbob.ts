/** BBOB: the benchmark functions of COCO, with COCO's instances. */
import { expandBbobId, parseBbobId } from '../bbob/id.js';
import { bbobProblem } from '../bbob/problem.js';
import type { ProblemFamily } from '../problem.js';

export const family: ProblemFamily = {
  name: 'bbob',
  title: 'BBOB: 24 functions, and 30 with noise (f101 to f130), instances as in COCO',
  examples: ['bbob:f8:i1:d10', 'bbob:f24:i15:d40', 'bbob:f101:i1:d5', 'bbob:f8:i1:d10:noise=gauss'],
  needsSettings: true,
  expand: expandBbobId,
  parse: (id) => bbobProblem(parseBbobId(id)),
};
