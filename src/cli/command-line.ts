/** The commands and their options. Each command's module is loaded when it is called, so that listings answer at once. */
import { createRequire } from 'node:module';
import { Command, Option } from 'commander';

const provider = () =>
  new Option('--provider <name>', 'execution provider: auto, cpu, webgpu, cuda, dml or coreml').default('auto', 'auto');
const json = () => new Option('--json', 'print JSON');
const expression = () => new Option('--expression <formula>', 'a problem as a formula, for example "100*(y-x^2)^2+(1-x)^2"');
/** Ranges and the policy may both be given, each in a `--bounds` of its own. */
const bounds = (description: string) =>
  new Option('--bounds <ranges or policy>', description).argParser((word: string, earlier: string[] = []) => [...earlier, word]);
/** The second word of a default is how help shows it: the first alone would stand in quotes. */
const seed = (description: string) => new Option('--seed <n>', description).default('1', '1');
const quiet = () => new Option('--quiet', 'no progress');

/** The limits of a run, the same for every command that runs something. */
function withBudget(command: Command): Command {
  return command
    .option('--evaluations <n>', 'losses of single candidates')
    .option('--sample-passes <n>', 'samples forward through one network; a gradient counts 3 for each sample')
    .option('--seconds <n>', 'wall-clock seconds of a run')
    .option('--target <loss>', 'stop at this loss, above the least possible one where that is known (as on BBOB)')
    .option('--stagnation <n>', 'stop after this many evaluations without a better loss')
    .option('--start <where>', 'own, given, or near:SHARE of the way from an optimum to the given start (default: own)')
    .addOption(bounds('with --expression: the range of each variable; otherwise, or besides: clip, reflect, periodic or resample'))
    .addOption(expression());
}

/** A parser for one call. It throws commander's errors and those of the commands. */
export function commandLine(): Command {
  const program = new Command('zeroth')
    .description('Train the same network with gradients and without, and see, measure and explain the difference.')
    .version((createRequire(import.meta.url)('zeroth/package.json') as { version: string }).version)
    .showHelpAfterError('(zeroth --help, or zeroth COMMAND --help, lists what can be written)')
    .exitOverride();

  withBudget(program.command('compare'))
    .description('run problems x strategies x seeds into a folder, and report; finished runs are not run again')
    .argument('[study]', 'study file (.yaml, .json, .js, .ts); the options below replace its fields')
    .option('--problems <ids>', 'for example iris,mnist,rastrigin:d10')
    .option('--strategies <list>', 'for example "sgd(learningRate=0.1),pso:swarmSize=60"')
    .option('--seeds <n>', 'a count, or a list with ranges such as 1,2,7-9 (default: 10)')
    .option('--name <name>', 'name of the study')
    .option('--out <dir>', 'folder of the results (default: out/NAME)')
    .option('--provider <name>', 'execution provider: auto, cpu, webgpu, cuda, dml or coreml (default: auto)')
    .option('--workers <n>', 'child processes (default: one for each core, 1 on webgpu)')
    .option('--threads <n>', 'threads inside one evaluation (default: cores / workers)')
    .option('--time-limit <seconds>', 'end a run that takes longer, and record it as failed')
    .addOption(quiet())
    .addOption(json())
    .action(async (file, options) => (await import('./compare.js')).compare(file, options));

  program
    .command('report')
    .description("write a study's report again, from its store")
    .argument('<dir>', "the study's folder")
    .option('--reference <label>', 'the strategy whose times set the run-length targets (default: the best at each target)')
    .addOption(json())
    .action(async (dir, options) => (await import('./report.js')).report(dir, options));

  withBudget(program.command('train'))
    .description('one run: one strategy on one problem with one seed')
    .argument('[problem]', 'for example iris or "mnist(784-32-10,relu)"')
    .requiredOption('--strategy <strategy>', 'for example pso or "pso(swarmSize=60)"')
    .addOption(seed('seed of the run'))
    .option('--save <file>', 'write the trained network as a plain ONNX model')
    .option('--threads <n>', 'threads inside one evaluation (default: one for each core)')
    .addOption(provider())
    .addOption(quiet())
    .addOption(json())
    .action(async (problem, options) => (await import('./train.js')).train(problem, options));

  program
    .command('evaluate')
    .description('the loss of a problem at a point, as JSON; - answers JSON lines {"problem": id, "at": [...]} from stdin')
    .argument('[problem]', 'a problem id, or -')
    .addOption(expression())
    .addOption(bounds("the range of each of the formula's variables, for example x:-5..5,y:0..inf"))
    .option('--at <numbers>', 'the point: comma-separated coordinates')
    .addOption(seed('seed of the data split and of minibatches'))
    .addOption(provider().default('cpu', 'cpu'))
    .action(async (problem, options) => (await import('./evaluate.js')).evaluate(problem, options));

  program
    .command('lab')
    .description('the experiments of the laboratory, or one of them: its verdict, its pictures and a report')
    .argument('[name]', 'an experiment')
    .option('--out <dir>', 'folder of its files (default: out/lab/NAME, with --full out/lab/NAME-full)')
    .option('--full', 'the real size, in place of the quick form of at most two minutes')
    .option('--lang <language>', 'en, or zh for Chinese', 'en')
    .addOption(quiet())
    .addOption(json())
    .action(async (name, options) => (await import('./lab.js')).lab(name, options));

  program
    .command('strategies')
    .description('the strategies, or one with its options')
    .argument('[name]', 'a strategy')
    .addOption(json())
    .action(async (name, options) => (await import('./strategies.js')).strategies(name, options));

  program
    .command('check')
    .description('the conformance kit on a strategy: what passes, what fails, on what input, and how to see it again')
    .argument('<strategy>', 'a name, the path of a module, or a package')
    .option('--only <checks>', 'some of the checks, for example seed,bounds')
    .addOption(new Option('--time-limit <seconds>', 'a check that takes longer is ended and has failed').default('120', '120'))
    .addOption(json())
    .action(async (strategy, options) => (await import('./check.js')).check(strategy, options));

  program
    .command('new')
    .description('new strategy NAME: write a strategy to begin with, and its test')
    .command('strategy')
    .description('a strategy that runs at once, with comments, and its test')
    .argument('<name>', 'its name, in small letters, digits and hyphens')
    .addOption(new Option('--dir <dir>', 'where to write').default('.', 'the working folder'))
    .action(async (name, options) => (await import('./new.js')).newStrategy(name, options));

  program
    .command('problems')
    .description('the problems and the form of their ids')
    .addOption(json())
    .action(async (options) => (await import('./problems.js')).problems(options));

  program
    .command('datasets')
    .description('the data sets, and whether they are installed')
    .addOption(json())
    .action(async (options) => (await import('./datasets.js')).datasets(options));

  program
    .command('doctor')
    .description('the execution providers that work here, and why the others do not')
    .addOption(json())
    .action(async (options) => (await import('./doctor.js')).doctor(options));
  return program;
}
