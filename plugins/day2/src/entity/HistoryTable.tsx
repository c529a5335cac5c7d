import { makeStyles } from '@material-ui/core/styles';
import { ServiceTimeline } from '@day2ops/backstage-plugin-day2-common';
import { HealthLabel } from '../components/HealthLabel';
import { Mark } from '../components/Mark';
import { RichText } from '../components/RichText';
import { Time } from '../components/Time';
import { useText } from '../hooks/useText';
import { ScrollTable } from './evidence/ScrollTable';

const useStyles = makeStyles({ root: { padding: '14px 16px' } });

/** The facts of the lanes in words, newest first. */
export function HistoryTable(props: { timeline: ServiceTimeline }) {
  const { transitions, truncated } = props.timeline;
  const classes = useStyles();
  const t = useText();
  if (transitions.length === 0) {
    return <p className={classes.root}>{t('tab.noChanges')}</p>;
  }
  return (
    <div className={classes.root}>
      <ScrollTable
        name={t('tab.changes')}
        columns={[
          t('tab.when'),
          t('tab.what'),
          t('tab.from'),
          t('tab.to'),
          t('tab.why'),
        ]}
      >
        {transitions.map(each => (
          <tr key={each.id}>
            <td>
              <Time
                at={each.at}
                source={each.observedLate ? 'observedLate' : undefined}
              />
            </td>
            <td>
              {each.kind} <b>{each.name}</b> {each.environment}
            </td>
            <td>
              {each.from ? (
                <HealthLabel health={each.from} />
              ) : (
                t('health.dash')
              )}
            </td>
            <td>
              {each.to ? (
                <HealthLabel health={each.to} reason={each.reason} />
              ) : (
                t('health.dash')
              )}{' '}
              {each.times > 1 && (
                <Mark>{t('mark.flapping', { count: each.times })}</Mark>
              )}
            </td>
            <td>
              <RichText plain>{each.message}</RichText>
            </td>
          </tr>
        ))}
      </ScrollTable>
      {truncated && <p>{t('tab.truncated')}</p>}
    </div>
  );
}
