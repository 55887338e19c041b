/** A genetic algorithm over architectures, after M. Harvey's program of 2017, against trying all and against drawing at random. */
import { Rng } from '../src/core/rng.js';
import type { Experiment, Findings, Lab } from '../src/lab/experiment.js';
import { architectureFindings } from './harvey/findings.js';
import { type GeneticSettings, genesOf, geneticSearch, randomSearch } from './harvey/searches.js';
import { program } from './harvey/source.js';
import { openArchitecture, openParts, optimizers, type Parts, type Scores, trainAndScore } from './harvey/table.js';

export interface Settings {
  readonly grid: {
    readonly neurons: readonly number[];
    readonly layers: readonly number[];
    readonly activations: readonly string[];
    readonly optimizers: readonly string[];
  };
  readonly parts: Parts;
  readonly epochs: number;
  readonly batch: number;
  readonly search: GeneticSettings;
  /** Searches of each kind, replayed from the table. */
  readonly searches: number;
}

const rates = { retain: 0.4, randomSelect: 0.1, mutate: 0.2 };

export const experiment: Experiment<Settings> = {
  name: 'harvey-architecture',
  data: ['mnist'],
  title: {
    en: 'A genetic algorithm chooses the architecture (Harvey)',
    zh: '用遗传算法选择网络结构（Harvey）',
  },
  claim: {
    en: 'M. Harvey: a genetic algorithm over layers, neurons, activation and optimizer finds a network about as good as the best of all 672 combinations, and trains a small part of them.',
    zh: 'M. Harvey：在层数、神经元数、激活函数和优化器上运行遗传算法，只需训练 672 种组合中的一小部分，就能找到与最优组合相近的网络。',
  },
  method: {
    en: 'Every combination is trained once, by the program’s recipe (dropout 0.2, softmax, batches of 128, Keras’s rates of 2017), and kept in a table; 1,000 searches are then replayed from it. Smaller than the original: an eighth of its neurons (8 to 128 for 64 to 1,024), 4,000 of MNIST’s training images and six epochs; the quick form has fewer choices and images still. A fixed number of epochs takes the place of stopping early by the test set. The program’s fitness is the accuracy on the test set; here every network is also measured on a validation part, and on fresh images that no search has seen.',
    zh: '每种组合按原程序的做法训练一次（Dropout 0.2、softmax、批量 128、Keras 2017 年的学习率），结果存入表中，再从表中重放 1000 次搜索。规模小于原作：神经元数为其八分之一（8 至 128，原为 64 至 1024），4000 幅 MNIST 训练图像，训练六轮；快速版的选项和图像更少。原程序用测试集提前停止，这里改为固定轮数。原程序以测试集准确率为适应度；这里每个网络还在验证集和任何搜索都未见过的新图像上测量。',
  },
  refutation: {
    en: 'The median best network of the genetic algorithm is more than half a percentage point below the best of all, or the algorithm trains more than a quarter of the combinations. The claim does not name random search; where that meets the same rule, the page says so.',
    zh: '遗传算法找到的最好网络，其中位数比全部组合中的最优低半个百分点以上；或者算法训练了超过四分之一的组合。论断没有提到随机搜索；若随机搜索也满足同一标准，页面会说明。',
  },
  sources: [program],
  settings: {
    quick: {
      grid: {
        neurons: [8, 32, 64],
        layers: [1, 2, 3],
        activations: ['relu', 'elu', 'tanh', 'logistic'],
        optimizers: ['rmsprop', 'adam', 'sgd', 'adagrad'],
      },
      parts: { train: 1000, validation: 1000, test: 1000, fresh: 2000 },
      epochs: 5,
      batch: 128,
      search: { population: 8, generations: 5, ...rates },
      searches: 1000,
    },
    full: {
      grid: {
        neurons: [8, 16, 32, 64, 96, 128],
        layers: [1, 2, 3, 4],
        activations: ['relu', 'elu', 'tanh', 'logistic'],
        optimizers: Object.keys(optimizers),
      },
      parts: { train: 4000, validation: 5000, test: 10_000, fresh: 10_000 },
      epochs: 6,
      batch: 128,
      search: { population: 20, generations: 10, ...rates },
      searches: 1000,
    },
  },
  async run(lab): Promise<Findings> {
    const table = await tableOf(lab);
    const { grid, search, searches } = lab.settings;
    const sizes = [grid.neurons.length, grid.layers.length, grid.activations.length, grid.optimizers.length];
    const rng = Rng.seeded('harvey-architecture').fork('searches');
    const scores = { validation: table.map(({ validation }) => validation), test: table.map(({ test }) => test) };
    const runs = Array.from({ length: searches }, (_, k) => {
      const genetic = geneticSearch(scores.validation, sizes, search, rng.fork(`genetic ${k}`));
      return {
        genetic,
        random: randomSearch(table.length, genetic.length, rng.fork(`random ${k}`)),
        byTest: geneticSearch(scores.test, sizes, search, rng.fork(`genetic ${k}`)),
      };
    });
    const nameOf = (number: number) => {
      const [width, layers, activation, optimizer] = genesOf(number, sizes);
      return `${grid.layers[layers]} x ${grid.neurons[width]}, ${grid.activations[activation]}, ${grid.optimizers[optimizer]}`;
    };
    return architectureFindings(lab.settings, table, runs, nameOf);
  },
};

/** The scores of every combination, in the order of their numbers. */
async function tableOf(lab: Lab<Settings>): Promise<Scores[]> {
  const { grid, parts: sizes, epochs, batch } = lab.settings;
  let parts: Awaited<ReturnType<typeof openParts>> | undefined;
  const table: Scores[] = [];
  const shapes = grid.neurons.flatMap((width) => grid.layers.map((layers) => [width, layers] as const));
  for (const [k, [width, layers]] of shapes.entries()) {
    lab.progress((0.98 * k) / shapes.length, {
      en: `${layers} layers of ${width} neurons: ${grid.activations.length * grid.optimizers.length} networks`,
      zh: `${layers} 层、每层 ${width} 个神经元：${grid.activations.length * grid.optimizers.length} 个网络`,
    });
    const rows = await lab.step(`train ${layers} x ${width}`, async () => {
      parts ??= await openParts(sizes);
      const scores: Scores[] = [];
      for (const activation of grid.activations) {
        const engine = await openArchitecture(width, layers, activation);
        try {
          for (const optimizer of grid.optimizers) scores.push(await trainAndScore(engine, optimizer, parts, { epochs, batch }));
        } finally {
          await engine.close();
        }
      }
      return scores;
    });
    table.push(...rows);
  }
  return table;
}
