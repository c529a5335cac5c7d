import { makeStyles } from '@material-ui/core/styles';
import { Cluster } from '@day2ops/backstage-plugin-day2-common';
import { RichText } from '../components/RichText';
import { Text, useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';
import { TimeText, useTimeText } from '../time/useTimeText';

const useStyles = makeStyles(theme => ({
  more: { color: tokens(theme).muted, fontSize: 13 },
}));

/** Why a cluster cannot be seen now, and when we try again. */
export function ClusterTrouble(props: { cluster: Cluster }) {
  const { cluster } = props;
  const classes = useStyles();
  const t = useText();
  const time = useTimeText();
  const next = cluster.nextAttemptAt
    ? Date.parse(cluster.nextAttemptAt) - time.now
    : undefined;
  return (
    <>
      <p>
        <RichText>{troubleText({ t, time, cluster })}</RichText>
      </p>
      <p className={classes.more}>
        <RichText plain>{cluster.message}</RichText>
        {next !== undefined &&
          next > 0 &&
          ` · ${t('clusters.nextAttempt', {
            when: t('time.in', { duration: time.duration(next) }),
          })}`}
      </p>
    </>
  );
}

function troubleText(options: {
  t: Text;
  time: TimeText;
  cluster: Cluster;
}): string {
  const { t, time, cluster } = options;
  const name = cluster.title ?? cluster.name;
  const { state, lastContactAt } = cluster;
  if (state === 'clientAuth') {
    return t('clusters.clientAuth');
  }
  if (state === 'duplicate') {
    return t('clusters.duplicate');
  }
  if (state === 'unauthenticated') {
    return t('clusters.unauthenticated', { cluster: name });
  }
  if (!lastContactAt) {
    return t('clusters.neverSynced', { cluster: name });
  }
  const at = Date.parse(lastContactAt);
  return t('clusters.silent', {
    cluster: name,
    clock: time.clock(at),
    duration: time.since(at),
  });
}
