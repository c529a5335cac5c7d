import { makeStyles } from '@material-ui/core/styles';
import {
  Health,
  healthRank,
  LastKnown,
} from '@day2ops/backstage-plugin-day2-common';
import { Text, useText } from '../hooks/useText';
import { healthPalette, tokens } from '../theme/healthPalette';
import { healthShapes } from '../theme/healthShapes';

const useStyles = makeStyles(theme => {
  const palette = healthPalette(theme);
  const tinted = (health: Health) => ({
    color: palette[health].color,
    backgroundColor: palette[health].tint,
  });
  const plain = (health: Health) => ({
    color: palette[health].color,
    paddingLeft: 0,
    paddingRight: 0,
  });
  return {
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 5,
      padding: '2px 8px 2px 6px',
      borderRadius: 4,
      fontSize: 13,
      fontWeight: 600,
      lineHeight: '20px',
      whiteSpace: 'nowrap',
      verticalAlign: 'middle',
    },
    icon: { flex: 'none', fontSize: 16 },
    critical: {
      color: tokens(theme).onCritical,
      backgroundColor: palette.critical.color,
    },
    degraded: tinted('degraded'),
    warning: tinted('warning'),
    unknown: {
      ...tinted('unknown'),
      boxShadow: `inset 0 0 0 1px ${tokens(theme).hatchLine}`,
    },
    progressing: plain('progressing'),
    suspended: plain('suspended'),
    healthy: plain('healthy'),
  };
});

export interface HealthProps {
  health: Health;
  /** Reason code; says why something is unknown. */
  reason?: string;
  lastKnown?: Pick<LastKnown, 'health'>;
}

/** Shape, colour and word of a health. Unknown says why, and what it was when it was lost while bad. */
export function HealthLabel(props: HealthProps) {
  const { health } = props;
  const classes = useStyles();
  const t = useText();
  const Shape = healthShapes[health];
  return (
    <span className={`${classes.root} ${classes[health]}`}>
      <Shape className={classes.icon} />
      <span>{healthText(t, props)}</span>
    </span>
  );
}

/** The words of a health label. */
export function healthText(t: Text, props: HealthProps): string {
  const { health, reason, lastKnown } = props;
  if (health !== 'unknown') {
    return t(`health.name.${health}`);
  }
  const was = lastKnown?.health;
  if (was === 'critical' || was === 'degraded' || was === 'warning') {
    return t(`health.was.${was}`);
  }
  return isKnownWhy(reason)
    ? t(`health.why.${reason}`)
    : t('health.name.unknown');
}

const whys = [
  'NeverSynced',
  'Stale',
  'Forbidden',
  'NotInstalled',
  'SourceError',
  'UnsupportedVersion',
  'UnknownDestination',
  'NothingFound',
  'Unclear',
  'Blind',
] as const;

function isKnownWhy(
  reason: string | undefined,
): reason is (typeof whys)[number] {
  return whys.some(why => why === reason);
}

/** Whether somebody should do something about it. */
export function needsSomeone(health: Health): boolean {
  return healthRank(health) > healthRank('unknown');
}
