import { makeStyles } from '@material-ui/core/styles';
import { InfoCard } from '@backstage/core-components';
import { Body, CardFrameProps } from '../components/frame';
import { tokens } from '../theme/healthPalette';

const useStyles = makeStyles(theme => ({
  title: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 10,
    fontSize: 20,
  },
  age: { display: 'inline-flex', padding: '10px 8px 0 0' },
  footer: {
    borderTop: `1px solid ${tokens(theme).line}`,
    padding: '9px 16px',
    fontSize: 13,
    display: 'flex',
    justifyContent: 'flex-end',
  },
  header: { padding: '14px 16px 12px' },
}));

/** A card of the legacy frontend system. */
export function LegacyCardFrame(props: CardFrameProps) {
  const { title, icon, label, age, footer, children } = props;
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
      action={age && <span className={classes.age}>{age}</span>}
      noPadding
    >
      <Body look="legacy">
        {children}
        {footer && <div className={classes.footer}>{footer}</div>}
      </Body>
    </InfoCard>
  );
}
