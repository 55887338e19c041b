/**
 * M. Harvey's search over architectures (github.com/harvitronix/neural-network-genetic-algorithm, 2017): its genetic algorithm and a
 * random search, replayed from a table in which every combination was trained once.
 */
import type { Rng } from '../../src/core/rng.js';

/** The choices of each gene. */
export type Grid = readonly number[];

export interface GeneticSettings {
  readonly population: number;
  readonly generations: number;
  /** Share of the best that live on. */
  readonly retain: number;
  /** Probability of each other one to live on. */
  readonly randomSelect: number;
  /** Probability of a child to have one gene drawn again. */
  readonly mutate: number;
}

/** What a search saw, in the order in which it trained: numbers of combinations, as often as they were trained. */
export type Trainings = number[];

/** Mixed-radix number of a combination. */
export function numberOf(genes: readonly number[], grid: Grid): number {
  return genes.reduce((number, gene, k) => number * grid[k] + gene, 0);
}

/** Its inverse. */
export function genesOf(number: number, grid: Grid): number[] {
  const genes = new Array<number>(grid.length);
  for (let k = grid.length - 1; k >= 0; k--) {
    genes[k] = number % grid[k];
    number = Math.floor(number / grid[k]);
  }
  return genes;
}

/**
 * The program's algorithm. Of a generation the best `retain` become parents, and each other one by chance; two different parents have
 * two children, each gene from either; a child is mutated by chance. Individuals that live on are not trained again; a child that
 * is the same combination as another is: the program keeps no table of its own.
 */
export function geneticSearch(scores: readonly number[], grid: Grid, settings: GeneticSettings, rng: Rng): Trainings {
  const { population, generations, retain, randomSelect, mutate } = settings;
  const trained: Trainings = [];
  const drawn = (k: number) => rng.below(grid[k]);
  let genomes = Array.from({ length: population }, () => grid.map((_, k) => drawn(k)));
  for (const genome of genomes) trained.push(numberOf(genome, grid));
  for (let g = 1; g < generations; g++) {
    const ranked = [...genomes].sort((a, b) => scores[numberOf(b, grid)] - scores[numberOf(a, grid)]);
    const best = Math.floor(population * retain);
    const parents = ranked.filter((_, rank) => rank < best || rng.chance(randomSelect));
    const children: number[][] = [];
    while (parents.length + children.length < population) {
      const first = rng.below(parents.length);
      const second = rng.below(parents.length);
      if (first === second) continue;
      for (let child = 0; child < 2 && parents.length + children.length < population; child++) {
        const genes = grid.map((_, k) => parents[rng.chance(0.5) ? first : second][k]);
        if (rng.chance(mutate)) {
          const gene = rng.below(grid.length);
          genes[gene] = drawn(gene);
        }
        children.push(genes);
        trained.push(numberOf(genes, grid));
      }
    }
    genomes = [...parents, ...children];
  }
  return trained;
}

/** So many different combinations, in random order. */
export function randomSearch(size: number, trainings: number, rng: Rng): Trainings {
  const all = Uint32Array.from({ length: size }, (_, number) => number);
  rng.shuffle(all);
  return [...all.subarray(0, trainings)];
}

/** The combination with the highest score; the first of equals. */
export function bestOf(trained: Iterable<number>, scores: readonly number[]): number {
  let best = -1;
  for (const number of trained) if (best < 0 || scores[number] > scores[best]) best = number;
  return best;
}
