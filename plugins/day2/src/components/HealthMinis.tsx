import { makeStyles } from '@material-ui/core/styles';
import {
  Area,
  areas,
  Health,
  ServiceSummary,
} from '@day2ops/backstage-plugin-day2-common';
import { useText } from '../hooks/useText';
import { healthPalette, tokens } from '../theme/healthPalette';
import { AreaIcon } from './AreaName';
import { HealthIcon } from './HealthIcon';
import { healthText } from './HealthLabel';

const useStyles = makeStyles(theme => {
  const palette = healthPalette(theme);
  const { hatch, hatchLine, muted } = tokens(theme);
  return {
    root: { display: 'inline-flex', gap: 3, verticalAlign: 'top' },
    cell: {
      width: 26,
      height: 26,
      borderRadius: 3,
      display: 'inline-flex',
      alignItems: 'center',
      justifyContent: 'center',
    },
    absent: { color: muted },
    critical: { backgroundColor: palette.critical.tint },
    degraded: { backgroundColor: palette.degraded.tint },
    warning: { backgroundColor: palette.warning.tint },
    unknown: {
      background: `repeating-linear-gradient(135deg, ${hatch} 0 3px, ${hatchLine} 3px 4px)`,
      '& svg': { backgroundColor: hatch, borderRadius: '50%' },
    },
    progressing: {},
    suspended: {},
    healthy: {},
  } satisfies Record<Health | 'root' | 'cell' | 'absent', object>;
});

/** Five cells, one an area, always in the same places. */
export function HealthMinis(props: { areas: ServiceSummary['areas'] }) {
  const classes = useStyles();
  const t = useText();
  const known = new Map(props.areas.map(each => [each.area, each]));
  return (
    <span className={classes.root}>
      {areas.map(area => {
        const verdict = known.get(area);
        const name = t(`area.name.${area}`);
        if (!verdict) {
          const label = t('area.absent', { area: name });
          return (
            <span
              key={area}
              className={`${classes.cell} ${classes.absent}`}
              role="img"
              aria-label={label}
              title={label}
            >
              {t('health.dash')}
            </span>
          );
        }
        const health = healthText(t, verdict);
        return (
          <span
            key={area}
            className={`${classes.cell} ${classes[verdict.health]}`}
          >
            <HealthIcon
              health={verdict.health}
              label={t('area.health', { area: name, health })}
            />
          </span>
        );
      })}
    </span>
  );
}

/** The header above the cells. */
export function MinisHeader() {
  const classes = useStyles();
  const t = useText();
  const name = (area: Area) => t(`area.name.${area}`);
  return (
    <span className={classes.root}>
      {areas.map(area => (
        <span key={area} className={classes.cell}>
          <AreaIcon area={area} label={name(area)} size={18} />
        </span>
      ))}
    </span>
  );
}
