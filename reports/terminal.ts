/** The summary that `compare` prints: a table for each problem, who leads and how sure, and the ranks over all problems. */
import type { StudyResults } from '../src/study/results.js';
import { compare } from './comparison.js';
import { listed, none } from './formatting.js';
import { type Row, summaryRows } from './rows.js';
import { band, logGrid } from './statistics/interpolation.js';
import type { TaskComparison } from './task-comparison.js';
import { valueIn } from './tasks.js';

export interface TableOptions {
  /** ANSI colours. The caller knows about NO_COLOR and terminals. */
  readonly color: boolean;
  /** Columns of the terminal; narrower ones lose columns, then cut labels. At least 20. */
  readonly width: number;
}

interface Column {
  readonly head: string;
  readonly text: (row: Row, index: number) => string;
  readonly right: boolean;
  /** Columns with the highest number go first where it is narrow; 0 stays. */
  readonly luxury: number;
}

/** Plain text, lines no wider than `width`, ending in a newline. Never prints NaN: `none` stands for what does not exist. */
export function summaryTable(results: StudyResults, { color, width }: TableOptions): string {
  const room = Math.max(20, Math.floor(width));
  const paint = (code: string, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const comparison = compare(results);
  const lines: string[] = [];
  for (const compared of comparison.tasks) {
    const { task, standing, accuracy, spending, warning, cells } = compared;
    const rows = summaryRows(compared);
    const progress = results.strategies.map((_, s) => sparkline(compared, s));
    const columns: Column[] = [
      { head: 'strategy', text: (row) => row.strategy, right: false, luxury: 0 },
      { head: 'rank', text: (row) => row.rank, right: true, luxury: 2 },
      { head: standing.measure.name, text: (row) => row.median, right: true, luxury: 0 },
      { head: 'quartiles', text: (row) => row.quartiles, right: true, luxury: 4 },
      { head: 'test accuracy', text: (row) => row.testAccuracy, right: true, luxury: accuracy === null ? Number.POSITIVE_INFINITY : 1 },
      { head: 'runs', text: (row) => row.runs, right: true, luxury: cells.some((cell) => cell.failed + cell.missing > 0) ? 1 : 3 },
      { head: 'time', text: (row) => row.seconds, right: true, luxury: 5 },
      { head: 'progress', text: (_, index) => progress[index], right: false, luxury: 6 },
    ];
    lines.push(paint('1', cut(task.title === task.id ? task.id : `${task.title} (${task.id})`, room)));
    lines.push(
      ...table(
        columns.filter(({ luxury }) => Number.isFinite(luxury)),
        rows,
        room,
        paint,
      ),
    );
    for (const verdict of [standing.verdict, ...(accuracy === null ? [] : [accuracy.verdict])]) lines.push(...wrap(verdict.sentence, room));
    if (spending !== null) lines.push(...wrap(spending, room));
    if (warning !== null) lines.push(...wrap(`Warning: ${warning}`, room));
    lines.push('');
  }
  const { places, sentence, tasks } = comparison.overall;
  const ranked = places.filter(({ meanRank }) => meanRank !== null).sort((a, b) => (a.meanRank ?? 0) - (b.meanRank ?? 0));
  if (sentence !== '') {
    const each = ranked.map(({ strategy, meanRank }) => `${strategy} ${meanRank?.toFixed(2)}`);
    const ranks = tasks < 2 ? '' : ` Mean ranks of the medians (1 is best): ${listed(each)}.`;
    lines.push(...wrap(`${sentence}${ranks}`, room));
  }
  while (lines[lines.length - 1] === '') lines.pop();
  return lines.length === 0 ? 'The study has no problems.\n' : `${lines.join('\n')}\n`;
}

function table(columns: readonly Column[], rows: readonly Row[], room: number, paint: (code: string, text: string) => string): string[] {
  const gap = 2;
  const chosen = [...columns];
  const cells = () => chosen.map((column) => [column.head, ...rows.map((row, index) => column.text(row, index))]);
  const widths = () => cells().map((texts) => Math.max(...texts.map((text) => characters(text))));
  const total = () => widths().reduce((sum, width) => sum + width + gap, -gap);
  while (total() > room) {
    const worst = chosen.reduce((most, column) => (column.luxury > most.luxury ? column : most));
    if (worst.luxury === 0) break;
    chosen.splice(chosen.indexOf(worst), 1);
  }
  const wide = widths();
  wide[0] = Math.max(6, wide[0] - Math.max(0, total() - room));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => {
        const shown = cut(text, wide[index]);
        const space = ' '.repeat(Math.max(0, wide[index] - characters(shown)));
        return chosen[index].right ? space + shown : shown + space;
      })
      .join(' '.repeat(gap))
      .trimEnd();
  const head = cut(line(chosen.map((column) => column.head)), room);
  const body = rows.map((row, index) => {
    const text = cut(line(chosen.map((column) => column.text(row, index))), room);
    return row.leads ? paint('32', text) : text;
  });
  return [paint('2', head), ...body];
}

const steps = '▁▂▃▄▅▆▇█';

/** Median progress in ten steps over the logarithm of the cost: high is the start, low the best that any strategy reached. */
function sparkline({ task }: TaskComparison, strategy: number): string {
  const value = valueIn(task);
  const curves = task.runs[strategy]
    .filter((run) => run.status === 'done' && run.trace.loss.length > 0)
    .map((run) => ({ cost: run.trace.samplePasses, value: run.trace.loss.map((loss) => value(run.settings.problem, loss)) }));
  const grid = logGrid(curves);
  const medians = band(curves, grid).median.filter((value) => value !== null);
  if (medians.length === 0) return none;
  const scaled = medians.every((value) => value >= 0) ? medians.map((value) => Math.log(Math.max(value, 1e-12))) : medians;
  const low = Math.min(...scaled);
  const high = Math.max(...scaled);
  const count = Math.min(10, scaled.length);
  return Array.from({ length: count }, (_, i) => {
    const value = scaled[Math.round((i * (scaled.length - 1)) / Math.max(1, count - 1))];
    return steps[high > low ? Math.round(((value - low) / (high - low)) * (steps.length - 1)) : 0];
  }).join('');
}

function characters(text: string): number {
  return [...text].length;
}

/** One line of at most `width` characters: control characters become spaces, a cut shows as an ellipsis. */
function cut(text: string, width: number): string {
  const clean = [...text.replace(/\p{Cc}+/gu, ' ')];
  return clean.length <= width ? clean.join('') : `${clean.slice(0, width - 1).join('')}…`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.replace(/\p{Cc}+/gu, ' ').split(' ')) {
    if (line !== '' && characters(line) + 1 + characters(word) > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? cut(word, width) : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
