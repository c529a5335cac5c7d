import { makeStyles } from '@material-ui/core/styles';
import { Area } from '@day2ops/backstage-plugin-day2-common';
import { useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';
import { areaShapes } from '../theme/healthShapes';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 8,
    fontWeight: 600,
  },
  icon: { flex: 'none', color: tokens(theme).muted, verticalAlign: '-0.2em' },
}));

/** The shape of an area, always grey. */
export function AreaIcon(props: { area: Area; label?: string; size?: number }) {
  const { area, label, size = 20 } = props;
  const classes = useStyles();
  const Shape = areaShapes[area];
  return (
    <Shape
      className={classes.icon}
      style={{ fontSize: size }}
      titleAccess={label}
    />
  );
}

export function AreaName(props: { area: Area }) {
  const { area } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <span className={classes.root}>
      <AreaIcon area={area} />
      {t(`area.name.${area}`)}
    </span>
  );
}
