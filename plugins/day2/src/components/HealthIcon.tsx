import { makeStyles, useTheme } from '@material-ui/core/styles';
import { Health } from '@day2ops/backstage-plugin-day2-common';
import { healthPalette } from '../theme/healthPalette';
import { healthShapes } from '../theme/healthShapes';

const useStyles = makeStyles({
  root: { flex: 'none', verticalAlign: '-0.2em' },
});

/** The shape of a health. With `label` it stands alone and reads aloud; without, it is beside a word. */
export function HealthIcon(props: {
  health: Health;
  label?: string;
  size?: number;
}) {
  const { health, label, size = 18 } = props;
  const classes = useStyles();
  const theme = useTheme();
  const Shape = healthShapes[health];
  return (
    <Shape
      className={classes.root}
      style={{ color: healthPalette(theme)[health].color, fontSize: size }}
      titleAccess={label}
    />
  );
}
