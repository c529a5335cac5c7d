import type { Platform, Team } from '../types';
import { gitOps } from './gitOps';
import { gsv } from './gsv';
import { orchestrator } from './orchestrator';
import { platformGo } from './platformGo';
import { skillForge } from './skillForge';

/** The five platforms of the company. */
export const PLATFORMS: readonly Platform[] = [
  platformGo,
  skillForge,
  orchestrator,
  gsv,
  gitOps,
];

/** Teams that own no platform. */
export const TEAMS: readonly Team[] = [
  {
    name: 'platform-team',
    title: 'Platform team',
    description: 'Administers the portal and sees everything.',
  },
];
