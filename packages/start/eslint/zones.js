'use strict';

const path = require('node:path');

/** Which of our packages each package may import, besides itself. */
const packageDirections = {
  'plugins/day2-common': [],
  'plugins/day2-node': ['plugins/day2-common'],
  'plugins/day2': ['plugins/day2-common'],
  'plugins/day2-backend': [
    'plugins/day2-common',
    'plugins/day2-node',
    'packages/sandbox',
  ],
  'plugins/kubernetes-backend-module-day2': [
    'plugins/day2-common',
    'plugins/day2-node',
    'packages/sandbox',
  ],
  'packages/sandbox': [],
  'packages/start': ['packages/sandbox'],
  'packages/app': ['plugins/day2', 'plugins/day2-common'],
};

/** Inside the backend `plugin → http → engine`; what a folder may not reach. */
const backendDirections = {
  model: [
    'plugin.ts',
    'http',
    'actions',
    'sources',
    'engine',
    'directory',
    'database',
  ],
  engine: ['plugin.ts', 'http', 'actions', 'sources'],
  directory: ['plugin.ts', 'http', 'actions', 'sources'],
  database: ['plugin.ts', 'http', 'actions', 'sources'],
  actions: ['plugin.ts', 'http'],
  http: ['plugin.ts', 'sources'],
};

function packageZones(root) {
  return Object.entries(packageDirections).flatMap(([target, allowed]) =>
    ['plugins', 'packages'].map(folder => ({
      target: path.join(root, target),
      from: path.join(root, folder),
      except: [target, ...allowed]
        .filter(name => name.startsWith(`${folder}/`))
        .map(name => `./${path.basename(name)}`),
      message: `${target} may import ${
        allowed.join(', ') || 'none'
      } of our packages.`,
    })),
  );
}

function backendZones(root) {
  const src = path.join(root, 'plugins/day2-backend/src');
  return [
    ...Object.entries(backendDirections).flatMap(([folder, banned]) =>
      banned.map(name => ({
        target: path.join(src, folder),
        from: path.join(src, name),
        message: `${folder} does not know ${name}: imports go plugin → http → engine.`,
      })),
    ),
    {
      target: path.join(src, 'sources'),
      from: src,
      except: ['./sources'],
      message:
        'A source imports what an adopter can import: day2-node and day2-common.',
    },
  ];
}

/** Zones of `import/no-restricted-paths`: which way imports go. */
function createZones(root) {
  return [...packageZones(root), ...backendZones(root)];
}

module.exports = { createZones };
