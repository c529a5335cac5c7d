const { createConfig } = require('../../packages/start/eslint/base');

module.exports = createConfig(__dirname);
