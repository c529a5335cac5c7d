import { makeStyles } from '@material-ui/core/styles';
import { Item } from '@day2ops/backstage-plugin-day2-common';
import { Freshness, HatchDot } from '../components/Freshness';
import { Time } from '../components/Time';
import { useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';
import { oldestObservation } from './reportAreas';

const useStyles = makeStyles(theme => ({
  root: { display: 'inline-flex', gap: 12, flexWrap: 'wrap' },
  lost: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    fontSize: 12,
    fontWeight: 600,
    color: tokens(theme).muted,
    whiteSpace: 'nowrap',
  },
}));

const isLost = ({ health, reason }: Item) =>
  health === 'unknown' && (reason === 'Stale' || reason === 'NeverSynced');

/** How old the items of one area are: those that are seen together, those that are not by their cluster. */
export function AreaAge(props: { items: readonly Item[]; failing?: boolean }) {
  const { items, failing } = props;
  const classes = useStyles();
  const t = useText();
  const seen = items.filter(item => !isLost(item));
  const lost = items.filter(isLost);
  const clusters = [...new Set(lost.map(({ cluster }) => cluster))];
  if (seen.length === 0) {
    return <Freshness as="live" at={oldestObservation(lost)} stale />;
  }
  return (
    <span className={classes.root}>
      <Freshness as="live" at={oldestObservation(seen)} stale={failing} />
      {clusters.map(cluster => {
        const at = oldestObservation(
          lost.filter(item => item.cluster === cluster),
        );
        return (
          <span key={cluster} className={classes.lost}>
            <HatchDot />
            <span>
              {t('freshness.cluster', {
                cluster,
                age: at ? <Time at={at} /> : t('freshness.neverRead'),
              })}
            </span>
          </span>
        );
      })}
    </span>
  );
}
