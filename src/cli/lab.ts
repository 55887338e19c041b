/** `zeroth lab`: the experiments, or one of them run into a folder, with its report and its verdict. */
import { join } from 'node:path';
import { UsageError } from '../core/errors.js';
import type { Experiment, Verdict } from '../lab/experiment.js';
import { allExperiments, recordOf, secondsOf } from '../lab/registry.js';
import { Interrupted, runExperiment } from '../lab/run-experiment.js';
import { type Language, languages } from '../lab/text.js';
import { quoteWord } from '../study/run-command.js';
import { interruptedExit, onInterrupt } from './interruption.js';
import { dataOf, missingData } from './lab-data.js';
import { LabProgress } from './lab-progress.js';
import { experimentCalled, otherInChinese, requireData } from './lab-refusals.js';
import { columns, duration, printJson, wantsColor, widthOf, wrap } from './terminal.js';

export interface LabOptions {
  readonly out?: string;
  readonly full?: boolean;
  readonly lang?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export async function lab(name: string | undefined, options: LabOptions): Promise<void> {
  const language = languageOf(options.lang ?? 'en');
  if (name !== undefined) return runOne(await experimentCalled(name, language), language, options);
  if (options.out !== undefined || options.full === true)
    throw new UsageError('Name an experiment: zeroth lab NAME. `zeroth lab` lists them.');
  await list(language, options.json === true);
}

async function list(language: Language, json: boolean): Promise<void> {
  const experiments = await allExperiments();
  if (json) {
    printJson(
      experiments.map((experiment) => {
        const { name, title, claim, method, refutation, sources, settings } = experiment;
        const verdict = recordOf(experiment)?.verdict;
        const data = dataOf(experiment).map((set) => ({ name: set.name, title: set.title, get: set.get }));
        const seconds = secondsOf(experiment);
        return { name, title, claim, method, refutation, sources, settings, data, seconds, ...(verdict && { verdict }) };
      }),
    );
    return;
  }
  const { words } = await import('../../reports/lab/words.js');
  const width = widthOf(process.stdout);
  const { signs, verdicts } = words(language);
  const rows = experiments.map((experiment) => {
    const record = recordOf(experiment);
    const full = record === undefined ? '-' : `${signs[record.verdict]} ${duration(record.seconds)}`;
    return [experiment.name, full, `${experiment.title[language]}${missingData(experiment).length > 0 ? ' *' : ''}`];
  });
  const table = [language === 'zh' ? ['名称', '完整运行', '内容'] : ['name', 'full run', 'what it shows'], ...rows];
  const known = (Object.keys(signs) as Verdict[]).map((verdict) => `${signs[verdict]} ${verdicts[verdict]}`);
  const legend =
    language === 'zh'
      ? `完整运行：已收录的完整版运行的结论和用时（docs/experiments.md）；${known.join('，')}，- 尚无。`
      : `full run: verdict and time of the committed run of the real size (docs/experiments.md); ${known.join(', ')}, - none yet.`;
  const last =
    language === 'zh'
      ? '`zeroth lab 名称 --lang zh` 运行其中一个（不超过两分钟），并写出报告；加 --full 运行完整版。'
      : '`zeroth lab NAME` runs one, in at most two minutes, and writes its report; --full is the real size, --lang zh Chinese.';
  const paragraphs = [legend, ...toGet(experiments, language), last].map((paragraph) => wrap(paragraph, width).join('\n'));
  process.stdout.write(`${[columns(table, width), ...paragraphs].join('\n\n')}\n`);
}

/** For each image set that is read and is not on this machine: the command that gets it. */
function toGet(experiments: readonly Experiment[], language: Language): string[] {
  return [...new Set(experiments.flatMap(missingData))].map(({ title, get }) =>
    language === 'zh' ? `* 需要 ${title} 数据，本机没有；安装：\`${get}\`。` : `* reads ${title}, which is not here; \`${get}\` gets it.`,
  );
}

async function runOne(experiment: Experiment, language: Language, options: LabOptions): Promise<void> {
  const form = options.full === true ? 'full' : 'quick';
  const out = options.out ?? join('out', 'lab', form === 'full' ? `${experiment.name}-full` : experiment.name);
  requireData(experiment, language);
  const other = language === 'zh' ? otherInChinese(out, experiment.name, form) : undefined;
  if (other !== undefined) throw other;
  const command = `npx zeroth ${process.argv.slice(2).map(quoteWord).join(' ')}`;
  const progress = options.quiet === true ? undefined : new LabProgress(experiment.name, language);
  const interrupt = onInterrupt(() =>
    progress?.say(language === 'zh' ? '已中断：正在保存（再按一次立即结束）。' : 'Interrupted: saving (again to end at once).'),
  );
  try {
    const results = await runExperiment(experiment, {
      out,
      form,
      command,
      signal: interrupt.signal,
      ...(progress && {
        onProgress: (share, doing) => progress.update(share, doing[language]),
        onStudy: (done, total) => progress.study(done, total),
      }),
    });
    progress?.close();
    const { writeLabReport } = await import('../../reports/lab/write.js');
    const { page, files } = await writeLabReport(results, out, language);
    if (options.json) {
      printJson({ out, report: page, files, results });
      return;
    }
    const { labSummary } = await import('../../reports/lab/terminal.js');
    const look = { color: wantsColor(process.stdout), width: widthOf(process.stdout) };
    process.stdout.write(`${labSummary(results, language, look)}\n\n${language === 'zh' ? '报告：' : 'Report: '}${page}\n`);
  } catch (error) {
    progress?.close();
    if (!(error instanceof Interrupted)) throw error;
    const sentence = language === 'zh' ? '已中断。再次输入同一命令即从此处继续：' : 'Interrupted. The same command goes on from here:';
    process.stderr.write(`${sentence}\n  ${command}\n`);
    process.exit(interruptedExit); // what a given-up step still has under way is not waited for
  } finally {
    interrupt.release();
  }
}

function languageOf(given: string): Language {
  const language = languages.find((known) => known === given);
  if (language === undefined) throw new UsageError(`--lang must be ${languages.join(' or ')}; got "${given}".`);
  return language;
}
