import { makeStyles } from '@material-ui/core/styles';
import { ItemLogs, PodEvidence } from '@day2ops/backstage-plugin-day2-common';
import { ActionButton } from '../../components/ActionButton';
import { CodeBlock } from '../../components/CodeBlock';
import { OnDemandState } from '../../hooks/useOnDemand';
import { useText } from '../../hooks/useText';
import { tokens } from '../../theme/healthPalette';
import { Problem } from './Problem';
import { Section } from './Section';
import { LogChoice } from './types';
import { useEvidenceStyles } from './useEvidenceStyles';

const useStyles = makeStyles(theme => ({
  choice: { display: 'flex', gap: 12, flexWrap: 'wrap', alignItems: 'center' },
  select: {
    font: 'inherit',
    fontSize: 13,
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.background.paper,
    border: `1px solid ${tokens(theme).lineStrong}`,
    borderRadius: 4,
    padding: '4px 8px',
    maxWidth: '100%',
  },
}));

/** The last lines of one container; another pod, container or run is one choice away. */
export function Logs(props: {
  state: Exclude<OnDemandState<ItemLogs>, { status: 'idle' }>;
  pods: readonly PodEvidence[];
  choice: LogChoice;
  onChoose: (choice: LogChoice) => void;
}) {
  const { state, choice, onChoose } = props;
  const evidence = useEvidenceStyles();
  const t = useText();
  const { pod, container } = choice;
  const title = choice.previous
    ? t('evidence.logsPrevious', { pod, container })
    : t('evidence.logs', { pod, container });
  return (
    <Section title={title}>
      <Chooser {...props} />
      {state.status === 'loading' && (
        <p role="status">{t('evidence.loading', { what: title })}</p>
      )}
      {state.status === 'failed' && (
        <p role="alert">
          {t('evidence.failed', { message: state.error.message })}{' '}
          <ActionButton bare onClick={() => onChoose(choice)}>
            {t('state.error.retry')}
          </ActionButton>
        </p>
      )}
      {state.status === 'done' && (
        <>
          {state.value.problem && <Problem problem={state.value.problem} />}
          {state.value.lines.length > 0 && (
            <CodeBlock label={title}>{state.value.lines.join('\n')}</CodeBlock>
          )}
          {state.value.lines.length === 0 && !state.value.problem && (
            <p>{t('evidence.noLines')}</p>
          )}
          {state.value.truncated && (
            <p className={evidence.muted}>{t('evidence.truncated')}</p>
          )}
        </>
      )}
    </Section>
  );
}

function Chooser(props: {
  pods: readonly PodEvidence[];
  choice: LogChoice;
  onChoose: (choice: LogChoice) => void;
}) {
  const { pods, choice, onChoose } = props;
  const classes = useStyles();
  const t = useText();
  const pod = pods.find(each => each.name === choice.pod);
  const choosePod = (name: string) => {
    const [first] = pods.find(each => each.name === name)?.containers ?? [];
    onChoose({ ...choice, pod: name, container: first?.name ?? '' });
  };
  return (
    <div className={classes.choice}>
      <select
        aria-label={t('pods.pod')}
        className={classes.select}
        value={choice.pod}
        onChange={event => choosePod(event.target.value)}
      >
        {pods
          .filter(each => each.containers.length > 0)
          .map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
      </select>
      <select
        aria-label={t('pods.container')}
        className={classes.select}
        value={choice.container}
        onChange={event =>
          onChoose({ ...choice, container: event.target.value })
        }
      >
        {pod?.containers.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <ActionButton
        bare
        onClick={() => onChoose({ ...choice, previous: !choice.previous })}
      >
        {t(choice.previous ? 'evidence.previousNow' : 'evidence.previous')}
      </ActionButton>
      <ActionButton bare onClick={() => onChoose(choice)}>
        {t('evidence.reload')}
      </ActionButton>
    </div>
  );
}
