import type { Platform } from '../types';
import { production, staging } from './gsvMoments';
import { SYSTEM } from './gsvWorkloads';

/** The GSV platform: identity, agents, their registry and the portal in front. */
export const gsv: Platform = {
  system: {
    name: SYSTEM,
    title: 'GSV platform',
    description:
      'Tenants, agents and single sign-on of the GSV platform, with its portal and databases.',
  },
  team: {
    name: 'gsv-sre',
    title: 'GSV SRE',
    description: 'Runs the GSV platform.',
  },
  people: [
    {
      name: 'mara.lindqvist',
      displayName: 'Mara Lindqvist',
      email: 'mara.lindqvist@gsv.example',
      memberOf: ['gsv-sre', 'platform-team'],
    },
    {
      name: 'tomas.berg',
      displayName: 'Tomas Berg',
      email: 'tomas.berg@gsv.example',
      memberOf: ['gsv-sre'],
    },
  ],
  services: [
    {
      kind: 'Component',
      name: 'gsv-api',
      description:
        'HTTP API of the GSV platform: tenants, catalogs and billing hooks.',
      type: 'service',
      lifecycle: 'production',
      tags: ['go', 'http'],
      needs: ['cmp-postgres', 'keycloak'],
    },
    {
      kind: 'Component',
      name: 'gsv-portal',
      description: 'The web portal of the GSV platform.',
      type: 'website',
      lifecycle: 'production',
      tags: ['react'],
      needs: ['gsv-api', 'keycloak'],
    },
    {
      kind: 'Component',
      name: 'gsv-worker',
      description:
        'Runs the long work of the GSV platform: imports, mail and billing.',
      type: 'worker',
      lifecycle: 'production',
      tags: ['go'],
      needs: ['cmp-postgres'],
    },
    {
      kind: 'Component',
      name: 'keycloak',
      description: 'Single sign-on for everything at gsv.example.',
      type: 'service',
      lifecycle: 'production',
      tags: ['java', 'identity'],
    },
    {
      kind: 'Component',
      name: 'agent-registry',
      description: 'Knows every agent, its capabilities and its keys.',
      type: 'service',
      lifecycle: 'production',
      tags: ['python', 'django'],
      needs: ['cmp-postgres', 'qdrant'],
    },
    {
      kind: 'Resource',
      name: 'cmp-postgres',
      description: 'PostgreSQL of the agent registry and the GSV API.',
      type: 'database',
      lifecycle: 'production',
      tags: ['postgresql'],
    },
    {
      kind: 'Resource',
      name: 'qdrant',
      description: 'Vector store behind the search of the agent registry.',
      type: 'database',
      lifecycle: 'production',
      tags: ['qdrant'],
      claim: { selector: 'app=qdrant', namespace: 'cmp' },
    },
  ],
  moments: { production, staging },
};
