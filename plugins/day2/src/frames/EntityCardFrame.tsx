import { makeStyles } from '@material-ui/core/styles';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { Body, CardFrameProps } from '../components/frame';
import { tokens } from '../theme/healthPalette';

const useStyles = makeStyles(theme => ({
  title: { display: 'inline-flex', alignItems: 'center', gap: 8 },
  body: {
    '--day2-gutter': '12px',
    margin: '0 -12px',
    borderTop: `1px solid ${tokens(theme).line}`,
  },
  footer: { fontSize: 13 },
}));

/** A card of the new frontend system, as the catalog draws its own. */
export function EntityCardFrame(props: CardFrameProps) {
  const { title, icon, label, age, footer, children } = props;
  const classes = useStyles();
  return (
    <EntityInfoCard
      title={
        <span className={classes.title}>
          {icon}
          {title}
          {label}
        </span>
      }
      headerActions={age}
      footerActions={footer && <span className={classes.footer}>{footer}</span>}
    >
      <div className={classes.body}>
        <Body look="new">{children}</Body>
      </div>
    </EntityInfoCard>
  );
}
