import { makeStyles, useTheme } from '@material-ui/core/styles';
import { Health } from '@day2ops/backstage-plugin-day2-common';
import { useText } from '../hooks/useText';
import { hatching, healthPalette } from '../theme/healthPalette';
import { laneHeights } from '../theme/healthShapes';

const shown: readonly Health[] = [
  'healthy',
  'suspended',
  'progressing',
  'warning',
  'degraded',
  'critical',
  'unknown',
];

const useStyles = makeStyles({
  entry: { display: 'inline-flex', gap: 6, alignItems: 'center' },
  sample: { width: 16, borderRadius: 1.5 },
});

/** What heights and colours of lanes mean. */
export function LaneLegend() {
  const classes = useStyles();
  const theme = useTheme();
  const t = useText();
  return (
    <>
      <span className={classes.entry}>
        <svg width={14} height={9} aria-hidden>
          <path d="M2 1h10L7 8z" fill="currentColor" />
        </svg>
        {t('tab.deploy')}
      </span>
      {shown.map(health => {
        const { color, fill } = healthPalette(theme)[health];
        const unknown = health === 'unknown';
        return (
          <span key={health} className={classes.entry}>
            <span
              className={classes.sample}
              style={{
                height: laneHeights[health],
                background: unknown ? hatching(theme) : fill,
                boxShadow: unknown ? `inset 0 0 0 1px ${color}` : undefined,
              }}
            />
            {t(`health.lower.${health}`)}
          </span>
        );
      })}
    </>
  );
}
