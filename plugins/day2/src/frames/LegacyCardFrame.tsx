import { makeStyles } from '@material-ui/core/styles';
import { InfoCard } from '@backstage/core-components';
import { Body, CardFrameProps } from '../components/frame';
import { tokens } from '../theme/healthPalette';

const useStyles = makeStyles(theme => ({
  title: {
    display: 'inline-flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: 10,
    fontSize: 20,
  },
  aside: { display: 'inline-flex', padding: '10px 8px 0 0' },
  footer: {
    borderTop: `1px solid ${tokens(theme).line}`,
    padding: '9px 16px',
    fontSize: 13,
    color: tokens(theme).muted,
    display: 'flex',
    justifyContent: 'space-between',
    gap: 16,
    flexWrap: 'wrap',
  },
  header: { padding: '14px 16px 12px' },
}));

/** A card of the legacy frontend system. */
export function LegacyCardFrame(props: CardFrameProps) {
  const { title, icon, label, aside, footerStart, footerEnd, children } = props;
  const classes = useStyles();
  return (
    <InfoCard
      title={
        <span className={classes.title}>
          {icon}
          {title}
          {label}
        </span>
      }
      headerProps={{ classes: { root: classes.header } }}
      action={
        aside && (
          <span className={classes.aside}>
            <Body look="legacy">{aside}</Body>
          </span>
        )
      }
      noPadding
    >
      <Body look="legacy">
        {children}
        <div className={classes.footer}>
          <span>{footerStart}</span>
          <span>{footerEnd}</span>
        </div>
      </Body>
    </InfoCard>
  );
}
