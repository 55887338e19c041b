/** Keep the loop: ask for candidates, evaluate them as you like, tell the losses; save and continue at any moment. */
import { boxSpace, findStrategy, Optimizer } from 'zeroth';

const pso = await findStrategy('pso');
let optimizer = new Optimizer(pso, boxSpace(3, -10, 10), { seed: 7, options: { swarmSize: 20 } });

for (let generation = 0; generation < 100; generation++) {
  const query = optimizer.ask();
  if (query.kind !== 'losses') break;
  const { size, dimension, values } = query.population;
  const losses = new Float64Array(size);
  for (let p = 0; p < size; p++) for (let i = 0; i < dimension; i++) losses[p] += (values[p * dimension + i] - i) ** 2;
  optimizer.tell(losses);
  if (generation === 50) optimizer = Optimizer.restore(optimizer.save(), pso); // continues bit for bit
}

console.log(`loss ${optimizer.best.loss} at ${[...optimizer.best.point].map((x) => x.toFixed(4)).join(', ')}`);
