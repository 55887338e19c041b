/** Tests run compiled, exactly as the product does: `npm test` builds first. */
export default {
  testEnvironment: '<rootDir>/test/environment.cjs',
  roots: ['<rootDir>/dist/test'],
  testMatch: ['**/*.test.js'],
  transform: {},
  testTimeout: 60_000,
  maxWorkers: 2,
};
