/** Why `zeroth lab` does not run an experiment, in the language that was asked for: what was given, what is allowed, what to do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, nearest, UsageError, type ZerothError } from '../core/errors.js';
import { dataVariable, notInstalled } from '../datasets/image-sets.js';
import type { Experiment } from '../lab/experiment.js';
import { experimentNames, findExperiment } from '../lab/registry.js';
import type { Language } from '../lab/text.js';
import { missingData } from './lab-data.js';

/** Throws UsageError on an unknown name, with the nearest ones. */
export async function experimentCalled(name: string, language: Language): Promise<Experiment> {
  const names = experimentNames();
  if (language === 'en' || names.includes(name)) return findExperiment(name);
  const near = nearest(name, names);
  const hint = near.length > 0 ? `是否指 ${near.join(' 或 ')}？` : '';
  throw new UsageError(`没有名为“${name}”的实验。${hint}\`zeroth lab --lang zh\` 列出所有实验。`);
}

/** Throws DataError, with the command that gets it, where data that the experiment reads is not on this machine. */
export function requireData(experiment: Experiment, language: Language): void {
  const [set] = missingData(experiment);
  if (set === undefined) return;
  if (language === 'en') throw notInstalled(set);
  throw new DataError(
    `尚未安装 ${set.title} 数据。用 \`${set.get}\` 安装，或把环境变量 ${dataVariable} 设为一个文件夹，其子文件夹 ${set.name} 中放有它的原始文件。`,
  );
}

/** The refusal of a folder that holds another experiment or another form of it, in Chinese; undefined where it holds neither. */
export function otherInChinese(out: string, experiment: string, form: 'quick' | 'full'): ZerothError | undefined {
  let held: { readonly experiment?: string; readonly form?: string };
  try {
    held = JSON.parse(readFileSync(join(out, 'lab.json'), 'utf8'));
  } catch {
    return undefined; // nothing there, or nothing of ours: the runner says what it is
  }
  const elsewhere = `请用 --out 指定另一个文件夹，或删除 ${out}。`;
  if (held.experiment !== experiment) return new UsageError(`${out} 中是实验 ${held.experiment}，不是 ${experiment}。${elsewhere}`);
  const named = (one: string | undefined) => (one === 'full' ? '完整版' : '快速版');
  return held.form === form
    ? undefined
    : new UsageError(`${out} 中是 ${experiment} 的${named(held.form)}，这次要运行${named(form)}。${elsewhere}`);
}
