import { Theme } from '@material-ui/core/styles';
import { Health } from '@day2ops/backstage-plugin-day2-common';

/** Colours of one health: text and icon, what lies behind them, and areas of charts. */
export interface HealthColors {
  color: string;
  tint: string;
  fill: string;
}

const light: Record<Health, HealthColors> = {
  critical: { color: '#9E0038', tint: '#FBE3EB', fill: '#9E0038' },
  degraded: { color: '#C5221F', tint: '#FDEDEB', fill: '#C5221F' },
  warning: { color: '#8A5100', tint: '#FFF3DC', fill: '#BC6F00' },
  unknown: { color: '#4A4F55', tint: '#EEEFF1', fill: '#EEEFF1' },
  progressing: { color: '#1F5493', tint: '#E7F0FA', fill: '#1F5493' },
  suspended: { color: '#5E4B8B', tint: '#F0ECF8', fill: '#5E4B8B' },
  healthy: { color: '#19733F', tint: '#E8F5EC', fill: '#19733F' },
};

const dark: Record<Health, HealthColors> = {
  critical: { color: '#FF9EB5', tint: '#5E2A3A', fill: '#FF9EB5' },
  degraded: { color: '#FF9D92', tint: '#5A3431', fill: '#FF9D92' },
  warning: { color: '#FFC266', tint: '#554527', fill: '#FFB74D' },
  unknown: { color: '#D3D6DA', tint: '#4E5054', fill: '#4E5054' },
  progressing: { color: '#9CC9FF', tint: '#37475A', fill: '#9CC9FF' },
  suspended: { color: '#CDBDF5', tint: '#474158', fill: '#CDBDF5' },
  healthy: { color: '#86D9A0', tint: '#35503F', fill: '#86D9A0' },
};

/**
 * The colours of health. Not those of the theme's `status`: as text they do not reach 4.5 : 1, and each of these does
 * on paper, on the page, on odd rows and on its own tint.
 */
export function healthPalette(theme: Theme): Record<Health, HealthColors> {
  return theme.palette.type === 'dark' ? dark : light;
}

/** Colours that are no health. */
export interface Tokens {
  onCritical: string;
  hatch: string;
  hatchLine: string;
  muted: string;
  focus: string;
  track: string;
  line: string;
  lineStrong: string;
  row: string;
  hover: string;
  code: string;
}

const lightTokens: Tokens = {
  onCritical: '#FFFFFF',
  hatch: '#EEEFF1',
  hatchLine: '#AEB3B9',
  muted: '#5F6266',
  focus: '#0B57D0',
  track: '#E9EBED',
  line: '#E0E0E0',
  lineStrong: '#C4C7CA',
  row: 'rgba(0, 0, 0, 0.027)',
  hover: 'rgba(31, 84, 147, 0.07)',
  code: 'rgba(60, 64, 67, 0.08)',
};

const darkTokens: Tokens = {
  onCritical: '#2B0010',
  hatch: '#4A4C50',
  hatchLine: '#8D9298',
  muted: '#CFCFCF',
  focus: '#9BF0E1',
  track: '#565656',
  line: '#5B5B5B',
  lineStrong: '#757575',
  row: 'rgba(0, 0, 0, 0.11)',
  hover: 'rgba(255, 255, 255, 0.05)',
  code: 'rgba(0, 0, 0, 0.2)',
};

export function tokens(theme: Theme): Tokens {
  return theme.palette.type === 'dark' ? darkTokens : lightTokens;
}

/** Diagonal lines: we do not know. */
export function hatching(theme: Theme, line?: string): string {
  const { hatch, hatchLine } = tokens(theme);
  return `repeating-linear-gradient(135deg, ${hatch} 0 4px, ${
    line ?? hatchLine
  } 4px 5.5px)`;
}
