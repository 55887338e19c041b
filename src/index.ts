/** The public API of Zeroth, and nothing else. */
/** For the options of strategies, so that a file of one needs no package but this. */
export { z } from 'zod';
export { type CnnLayer, cnn } from '../models/cnn.js';
export { mlp } from '../models/mlp.js';
export type { Layer, Network, Parameters } from '../models/network.js';
export { parametersOf } from '../models/parameters.js';
export { multistart } from '../strategies/shared/multistart.js';
export { type RestartForm, type Run as RestartedRun, restarted, type Schedule, scheduled } from '../strategies/shared/restarts.js';
export { type BoundsPolicy, boundsPolicies } from './core/bounds.js';
export type { Budget, Cost } from './core/budget.js';
export { DataError, EngineError, StoreError, StrategyError, UsageError, ZerothError } from './core/errors.js';
export { type FunctionOptions, functionObjective, type LossFunction, openSpace } from './core/function-objective.js';
export type { Best } from './core/harness.js';
export type { Checkpoint, MinimizeResult, MinimizeSettings, Progress } from './core/minimize.js';
export type { Metrics, Objective, Regularization } from './core/objective.js';
export { ObjectiveError, type ObjectiveFailure } from './core/objective-error.js';
export { Optimizer, type OptimizerSettings } from './core/optimizer.js';
export { describeOptions, type OptionInfo } from './core/options.js';
export { type DensePopulation, densePopulation, type LowRankPopulation, materialize, type Population } from './core/population.js';
export type { Answer, LayerResponses, Query } from './core/query.js';
export { Rng } from './core/rng.js';
export {
  allocate,
  type Bounds,
  boxSpace,
  type LayoutSlice,
  type Precision,
  type Space,
  type StartSegment,
  sampleStart,
  startDeviation,
  startMean,
  type Vector,
} from './core/space.js';
export {
  type AnyStrategy,
  type Card,
  defineStrategy,
  type Family,
  type Invariance,
  type Reference,
  type StopReason,
  type Strategy,
} from './core/strategy.js';
export type { Told } from './core/told.js';
export type { Trace } from './core/trace.js';
export { describeModel, type ModelDescription } from './engine/graph/description.js';
export { type ExportOptions, exportModel, type ModelScaling } from './engine/graph/export.js';
export type { Batch, Evaluation, LayerProbe, NetworkEngine } from './engine/network-engine.js';
export { openNetworkEngine } from './engine/ort-network-engine.js';
export { diagnose, resolveProvider } from './engine/providers.js';
export { networkObjective } from './problems/network-objective.js';
export type { ModelFacts, ModelOptions, Problem, ProblemFamily } from './problems/problem.js';
export { expandProblemIds, findProblem, problemFamilies } from './problems/registry.js';
export { minimize, type NamedSettings, type ProblemResult } from './study/minimize.js';
export { allStrategies, findStrategy, strategyNames } from './study/strategy-registry.js';
