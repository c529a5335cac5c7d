import path from 'node:path';

/** Ports beside those of a portal that is open already. */
export const ports = {
  DAY2_PORTAL_PORT: '3100',
  DAY2_BACKEND_PORT: '7107',
  DAY2_SANDBOX_PORT: '6543',
  DAY2_SANDBOX_STAGING_PORT: '6544',
  DAY2_SANDBOX_ADMIN_PORT: '6540',
} as const;

export const portalUrl = `http://localhost:${ports.DAY2_PORTAL_PORT}`;

/** The repository. */
export const root = path.join(
  path.dirname(require.resolve('sandbox/package.json')),
  '../..',
);

/** Where the portal under test keeps its things. */
export const home = path.join(root, '.day2/e2e');
