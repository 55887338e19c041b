/** Train the same network on Iris with a gradient and without, at the same cost. */
import { minimize } from 'zeroth';

for (const strategy of ['adam', 'ga', 'pso']) {
  const { metrics } = await minimize('iris(4-7-3,tanh)', strategy, { budget: { samplePasses: 2_000_000 }, seed: 1 });
  console.log(`${strategy}: ${((metrics?.testAccuracy ?? 0) * 100).toFixed(1)} % of the test part right`);
}
