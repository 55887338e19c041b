/**
 * What a teacher needs of each experiment beside its report: the claim in a line that can be projected, and what to say to a class. Every
 * number of ours in it is taken from the committed run.
 */
import { inLanguage } from '../src/lab/text.js';
import type { ExperimentRecord } from './take-experiment.js';

/** Lines of a committed run's table, by how their words begin. Throws where there is none. */
export interface Lines {
  ours(beginning: string): string;
  published(beginning: string): string;
}

export interface Lesson {
  readonly claim: string;
  /** What was published, or that the source gives no number. */
  published(lines: Lines): string;
  ours(lines: Lines): string;
  /** For the class, in plain sentences that fit the committed run. */
  readonly say: string;
}

const unstated = () => 'no number';

export const lessons: Readonly<Record<string, Lesson>> = {
  activations: {
    claim: 'A deep network of f(x) = x is no more than one straight-line model',
    published: unstated,
    ours: ({ ours }) =>
      `two spirals: ${ours('identity on the two spirals')} right with f(x) = x, ${ours('tanh on the two spirals')} with tanh`,
    say: 'Training sends a correction back through the layers, and each layer multiplies it by the slope of its activation. Look where the slopes of logistic and tanh die away: a unit whose input is beyond −6 or 6 learns almost nothing. Then ask why not take f(x) = x, whose slope is 1 everywhere. Because layers of it, however many, multiply out to a single one: its boundary stays a straight line.',
  },
  alexnet: {
    claim: 'AlexNet has 60 million parameters',
    published: ({ published }) => published('Parameters in all'),
    ours: ({ ours }) => ours('Parameters in all'),
    say: 'Let the class guess where the parameters are, before the picture. The convolutions do most of the looking with few of them, because a filter is used at every place of the image; the dense layers hold nearly all. That is where the paper put dropout.',
  },
  'dropout-mnist': {
    claim: 'On MNIST dropout errs less than L2 or max-norm alone, and dropout with max-norm errs least',
    published: ({ published }) =>
      `${published('Test error, dropout + max-norm')} with dropout and max-norm, ${published('Test error, dropout + L2')} with dropout and L2, ${published('Test error, L2')} with L2`,
    ours: ({ ours }) =>
      `${ours('Test error, dropout + max-norm')} with dropout and max-norm, ${ours('Test error, dropout + L2')} with dropout and L2, ${ours('Test error, L2')} with L2`,
    say: 'Dropout switches off half of the units at random in every training step, so that no unit can rely on one other. Compare the order of the bars with the published dashes, not their height: the published networks are far larger and trained far longer. Two bars have changed places: here dropout with L2 errs less than dropout with max-norm. A difference counts only if its whole 95 % interval, taken seed by seed, lies on one side of 0, and this one does. Beyond doubt, too: dropout helps beside either. The last bar is a network of logistic units that is not done learning. Show it from a run with --full: in the quick form, with few images and few updates, dropout only slows the network down.',
  },
  'es-mnist': {
    claim: 'Evolution strategies train a small network on MNIST without any gradient',
    published: ({ published }) =>
      `right on the test images: PGPE ${published('PGPE')}, OpenAI-ES ${published('OpenAI-ES')}, ARS ${published('ARS')}, separable CMA-ES ${published('Sep-CMA-ES')}`,
    ours: ({ ours }) =>
      `PGPE ${ours('PGPE')}, OpenAI-ES ${ours('OpenAI-ES')}, ARS ${ours('ARS')}, separable CMA-ES ${ours('Sep-CMA-ES')}; Adam, with gradients, ${ours('Adam')}`,
    say: 'An evolution strategy sees only how good a network is, never in which direction to change it. It tries a crowd of slightly changed networks and moves towards the better ones. The first picture: that works, and as well as published. The second: what it costs. Every line of the grid is ten times the work, and back-propagation, which needs one network where the strategy needs a crowd, is there about two lines of the grid earlier. Ask when such a price is worth paying: where there is no gradient to follow. Show it from a run with --full: the quick form ends when the crowd has only begun to learn.',
  },
  'gudise-venayagamoorthy': {
    claim: 'A particle swarm needs fewer operations than back-propagation to learn a function',
    published: () => 'faster (only the abstract was at hand)',
    ours: ({ ours }) =>
      `operations to the goal (M: million): swarm ${ours('Operations to the goal')}, back-propagation ${ours('Back-propagation at the best rate tried')}`,
    say: 'How fast a method is depends on what is counted and on how well each side is tuned. Here both sides are tuned, the swarm one parameter at a time, and then compared on random starts that were not used for tuning. Show the lines of the learning rates: with a badly chosen one back-propagation loses by far, with a good one it wins. The fastest rate misses the goal from some starts; a slower one reaches it more surely, and still before the swarm. A comparison with one untuned rival says little.',
  },
  'harvey-architecture': {
    claim: 'A genetic algorithm finds nearly the best of 672 network shapes and trains few of them',
    published: ({ published }) => `${published('Networks that one genetic search trains')} trainings of 672`,
    ours: ({ ours }) =>
      `${ours('Share of trainings saved')} of the trainings saved, ${ours('Genetic search: its best below')} percentage points below the best of all`,
    say: 'Every shape was trained once and its accuracy kept in a table, so that a thousand searches can be replayed. Point to the second line: random search with as many trainings ends close behind, and would pass the same test. Ask whether the genetic algorithm is clever, or the table easy. And never choose a network by the test set: what chose it can no longer test it.',
  },
  'mccaffrey-iris': {
    claim: 'Twelve particles find the 51 weights of a network that classifies Iris',
    published: () => 'figures on a screenshot alone, which was not at hand; an error below 0.05 within 700 epochs (S)',
    ours: ({ ours }) => {
      const error = Number(ours('Error then')).toPrecision(4);
      return `error ${error} after ${ours('Epochs until')} epochs; ${ours('Seeds that reach')} seeds get below 0.05`;
    },
    say: 'When a program’s random numbers are known, it can be repeated to the last digit: two rebuildings of this one, made apart, agree in all of theirs. Whether the article’s screenshot shows the same we cannot say. Then look at other random starts: the same program takes 6 epochs with one and hundreds with another. One run is an anecdote; the band shows what to expect.',
  },
  'montana-davis': {
    claim: 'A genetic algorithm that knows about neurons trains a small network better than back-propagation',
    published: () => 'the genetic algorithm wins (a figure without numbers)',
    ours: ({ ours }) => {
      const [genetic, descent] = ours('Genetic algorithm (nodes').split('; ');
      return `squared error ${genetic} by the genetic algorithm, ${descent} by back-propagation at its best rate`;
    },
    say: 'In 1989 this was a strong result. Two of its statements hold here: to add a little to a weight is better than to replace it, and to change whole neurons is no worse. Whether it beats back-propagation depends on the learning rate that the rival is given. The authors’ data was never published, so made-up data stands in: that is a reason for caution with our answer, too.',
  },
  'over-fitting': {
    claim: 'A model that is too small is bad on its training data; one too large is good there and bad on new data',
    published: unstated,
    ours: ({ ours }) => `degree 15 is better than degree 3 in training and worse on new points ${ours('Degree 15 is better than 3')} draws`,
    say: 'Cover the right half of the picture and ask which curve will win. The training error only falls as the model grows: it can never tell when to stop. The test error falls and then rises. Where it turns, the model has begun to learn the noise. Among the networks only training labels are wrong, so the small ones err less in test than in training: let the class find out why.',
  },
  regularization: {
    claim: 'Dropout, L2, L1 and max-norm reduce over-fitting; L1 also finds the inputs that matter',
    published: unstated,
    ours: ({ ours }) => {
      const told = (remedy: string) => ours(`sgd: the gap with ${remedy}`).split(' (')[0];
      return `gap between test and training loss: L2 ${told('L2')}, L1 ${told('L1')}, max-norm ${told('max-norm')}, dropout ${told('dropout')}`;
    },
    say: 'The gap is how much worse the network is on new data than on its own. Each remedy should make it smaller. But a network that has learned nothing has no gap either, so put the wrong answers beside it: the swarm with L2 has nearly no gap and 40 % wrong. Dropout does not when the network is trained by SGD, although fewer test answers are wrong with it: that is why the verdict is what it is, although nearly every line holds. Then show the last picture: with L1 the weights of the useless inputs go to 0, and the useful ones remain.',
  },
  'relu-vs-tanh': {
    claim: 'With ReLU a network reaches 25 % training error six times faster than with tanh',
    published: () => 'six times faster',
    ours: ({ ours }) => {
      const times = (start: string) => ours(`Epochs of tanh / epochs of ReLU to 25 % training error, ${start}`);
      return `${times('today')} as fast with today’s first weights, ${times('small')} with small ones as in 2012`;
    },
    say: 'Both networks are the same but for the activation, and each gets its own best learning rate out of the same few: otherwise the faster one is only the better prepared. First picture: with today’s first weights, made for each activation, the two lines lie on each other. Second picture: with small first weights, as they were drawn in 2012, ReLU is ahead, but far from six times. The paper does not say which network it trained, nor how its weights began. In a network this shallow tanh has little to catch up. The quick form trains on few images to a larger error, from today’s first weights alone: show the lines from a run with --full.',
  },
  'rios-sahinidis': {
    claim: 'Every solver fades with size; global ones solve best, even convex problems; NEWUOA is among the best at refining',
    published: () => 'all four statements hold, for 22 solvers on 502 problems',
    ours: ({ ours }) => {
      const share = (line: string) => ours(line).replace('; ', ' against ');
      return `${ours('Solvers that solve').split(';')[0]} fade; best global against best local: ${share('Share solved, boxes')}; convex: ${share('Share solved, the convex')}; refining: ours after NEWUOA is no. ${ours('Place of the quadratic').split(';')[0]}`;
    },
    say: 'A solver here sees only values of a function, no formula and no slope. Each row of the picture is one solver, and to the right the problems get more variables: the colours fade. No row is best everywhere. Convex means that there is only one valley: there a careful local search is hard to beat, and the best global solver is ahead by a single run. What fails is the statement about NEWUOA: our solver of that kind comes fourth, and others lie close above it. It is not the same program, on other problems.',
  },
  'vanishing-gradients': {
    claim: 'In deep logistic and tanh networks the layers near the input hardly learn; with relu they do',
    published: () => 'no number for the claim; for the theory beside it, see the table of the section',
    ours: ({ ours }) =>
      `10 layers: the first layer’s weights move ${ours('Logistic, 10 layers').split(' (')[0]} times as much as the last one’s with logistic units, ${ours('tanh, 10 layers, after').split(' (')[0]} times with tanh, ${ours('The same for relu').split(' and ')[0]} times with relu`,
    say: 'Follow the blue line from right to left, the way the correction travels. Every line of the grid is a factor of ten. What reaches the first layer is next to nothing, and so its weights stay what they were at random. With relu the line is level. So it is with tanh, which the claim names beside logistic: started as in the lecture, ten layers of tanh learn, and here better than ten of relu. That is why the verdict is what it is. What makes tanh vanish are badly chosen first weights, and with them relu’s correction vanishes, too: show the picture of the starts.',
  },
  'without-gradients': {
    claim: 'Where gradients vanish, genetic algorithms and particle swarms still train the network',
    published: unstated,
    ours: ({ ours }) => {
      const [genetic, swarm] = ours('The lecture’s remedy at').split(' and ');
      const stalled = ours('Plain gradient descent stalls').split(' and ')[1];
      const [adam, relu] = [ours('Adam on the same network'), ours('Plain gradient descent with relu')];
      return `loss after training: gradient descent ${stalled}, genetic algorithm ${genetic}, particle swarm ${swarm}, Adam ${adam}, gradient descent with relu ${relu}`;
    },
    say: 'The lecture’s idea is right in this: a method that needs no signal through the layers cannot lose it, and a particle swarm learns where plain gradient descent stands still: show it from a run with --full, because the quick form ends before the swarm gets anywhere. In the second picture only plain gradient descent leaves the input side behind: Adam, a gradient method, does not. So ask what else could be done for the same price. A better gradient method, or another activation, does it more cheaply. Methods without gradients earn their place where there is no gradient at all.',
  },
};

export function linesOf({ findings }: Pick<ExperimentRecord, 'findings'>, name: string): Lines {
  const find = (beginning: string) => {
    const check = findings.checks.find(({ what }) => what.en.startsWith(beginning));
    if (check === undefined) throw new Error(`The committed run of ${name} has no line that begins with "${beginning}".`);
    return check;
  };
  return {
    ours: (beginning) => find(beginning).ours.en,
    published(beginning) {
      const { published } = find(beginning);
      if (published === undefined) throw new Error(`The line "${beginning}" of ${name} has no published value.`);
      return inLanguage(published.value, 'en');
    },
  };
}
