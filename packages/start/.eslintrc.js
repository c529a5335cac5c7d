const { createConfig } = require('./eslint/base');

module.exports = createConfig(__dirname, {
  // These tests run before anything is installed: node:test, not jest.
  rules: { 'jest/expect-expect': 'off' },
});
