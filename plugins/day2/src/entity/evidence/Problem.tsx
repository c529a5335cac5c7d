import FileCopyOutlined from '@material-ui/icons/FileCopyOutlined';
import { OnDemandProblem } from '@day2ops/backstage-plugin-day2-common';
import { CopyButton } from '../../components/CopyButton';
import { HatchStrip } from '../../components/HatchStrip';
import { RichText } from '../../components/RichText';
import { CodeBlock } from '../../components/CodeBlock';
import { useText } from '../../hooks/useText';

/** What the cluster did not grant or give, and the rule that would. */
export function Problem(props: { problem: OnDemandProblem }) {
  const { message, missingRule } = props.problem;
  const t = useText();
  return (
    <HatchStrip boxed>
      <p>
        <RichText plain>{message}</RichText>{' '}
        {missingRule && t('evidence.addRule')}
      </p>
      {missingRule && (
        <>
          <CodeBlock label={t('clusters.rule')}>{missingRule}</CodeBlock>
          <CopyButton
            icon={FileCopyOutlined}
            text={missingRule}
            copied={t('evidence.copied')}
          >
            {t('evidence.copyRule')}
          </CopyButton>
        </>
      )}
    </HatchStrip>
  );
}
