import { useMemo } from 'react';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ServiceReport } from '@day2ops/backstage-plugin-day2-common';
import { Announcer } from '../components/Announcer';
import { Freshness } from '../components/Freshness';
import { CardFrame } from '../components/frame';
import { HealthLabel } from '../components/HealthLabel';
import { isDenied, StateBody } from '../components/StateBody';
import { useLinks } from '../hooks/useLinks';
import { useServiceReport } from '../hooks/useServiceReport';
import { useText } from '../hooks/useText';
import { OperationsSummary, SilentNote } from './OperationsSummary';

/** Is this service all right, and if not, which area and why? */
export function OperationsCard(props: { frame: CardFrame }) {
  const { frame: Frame } = props;
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const live = useServiceReport(entityRef);
  const t = useText();
  const links = useLinks();
  const report = live.value;
  const things = useThings(entityRef, report);
  if (isDenied(live.error) && !report) {
    return null;
  }
  return (
    <Frame
      title={t('card.operations')}
      label={report && <HealthLabel {...report} />}
      aside={
        report && (
          <Freshness at={live.loadedAt} stale={!!live.error} as="live" />
        )
      }
      footerStart={report && <SilentNote report={report} />}
      footerEnd={<Link to={links.operations(entityRef)}>{t('card.all')}</Link>}
    >
      <Announcer things={things} />
      <StateBody live={live}>
        {value => <OperationsSummary report={value} />}
      </StateBody>
    </Frame>
  );
}

function useThings(entityRef: string, report: ServiceReport | undefined) {
  const health = report?.health;
  return useMemo(
    () =>
      health
        ? [{ key: entityRef, name: parseEntityRef(entityRef).name, health }]
        : [],
    [entityRef, health],
  );
}
