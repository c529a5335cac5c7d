import { makeStyles } from '@material-ui/core/styles';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { Body, CardFrameProps } from '../components/frame';
import { tokens } from '../theme/healthPalette';

const useStyles = makeStyles(theme => ({
  title: {
    display: 'inline-flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: 8,
  },
  // The host lets its box shrink below its text, which then runs out of the card; the title wraps instead.
  aside: { ':has(> &)': { flexShrink: 0 } },
  body: {
    '--day2-gutter': '12px',
    margin: '0 -12px',
    borderTop: `1px solid ${tokens(theme).line}`,
  },
  footer: { width: '100%' },
  line: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: 16,
    flexWrap: 'wrap',
    fontSize: 13,
    color: tokens(theme).muted,
  },
}));

/** A card of the new frontend system, as the catalog draws its own. */
export function EntityCardFrame(props: CardFrameProps) {
  const { title, icon, label, aside, footerStart, footerEnd, children } = props;
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
      headerActions={
        aside && (
          <div className={classes.aside}>
            <Body look="new">{aside}</Body>
          </div>
        )
      }
      footerActions={
        <div className={classes.footer}>
          <Body look="new">
            <div className={classes.line}>
              <span>{footerStart}</span>
              <span>{footerEnd}</span>
            </div>
          </Body>
        </div>
      }
    >
      <div className={classes.body}>
        <Body look="new">{children}</Body>
      </div>
    </EntityInfoCard>
  );
}
