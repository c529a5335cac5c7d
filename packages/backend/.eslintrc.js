const { createConfig } = require('../start/eslint/base');

module.exports = createConfig(__dirname);
