/** Jest's Node environment, with the outer realm's array types: onnxruntime-node accepts and returns only those. */
const { TestEnvironment } = require('jest-environment-node');

const shared = [
  'ArrayBuffer',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'BigInt64Array',
  'BigUint64Array',
  'Float32Array',
  'Float64Array',
];

module.exports = class extends TestEnvironment {
  constructor(...args) {
    super(...args);
    for (const name of shared) this.global[name] = globalThis[name];
  }
};
