/** The kinds of charts that there are: every file of `reports/charts/`. */
import { readdir } from 'node:fs/promises';
import type { ChartSection } from './chart.js';

const folder = new URL('./charts/', import.meta.url);

/** All of them, in the report's order. */
export async function chartSections(): Promise<ChartSection[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.js')).sort();
  const modules = await Promise.all(files.map((name) => import(new URL(name, folder).href) as Promise<{ chart: ChartSection }>));
  return modules.map(({ chart }) => chart).sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}
