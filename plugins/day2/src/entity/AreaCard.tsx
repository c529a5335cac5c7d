import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Area } from '@day2ops/backstage-plugin-day2-common';
import { AreaIcon } from '../components/AreaName';
import { CardFrame } from '../components/frame';
import { HealthLabel } from '../components/HealthLabel';
import { isDenied, StateBody } from '../components/StateBody';
import { useLinks } from '../hooks/useLinks';
import { useServiceReport } from '../hooks/useServiceReport';
import { useText } from '../hooks/useText';
import { AreaAge } from './AreaAge';
import { AreaItems } from './AreaItems';
import { areaOf } from './reportAreas';

/** The two or three things behind one area of a service. Absent where the area does not apply. */
export function AreaCard(props: { area: Area; frame: CardFrame }) {
  const { area, frame: Frame } = props;
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const live = useServiceReport(entityRef);
  const t = useText();
  const links = useLinks();
  const summary = live.value && areaOf(live.value, area);
  const absent = live.value ? !summary : isDenied(live.error);
  if (absent) {
    return null;
  }
  return (
    <Frame
      title={t(`area.name.${area}`)}
      icon={<AreaIcon area={area} size={22} />}
      aside={summary && <HealthLabel {...summary} />}
      footerStart={
        summary && <AreaAge items={summary.items} failing={!!live.error} />
      }
      footerEnd={
        <Link to={links.operations(entityRef, { area })}>
          {t('area.items', { count: summary?.items.length ?? 0 })}
        </Link>
      }
    >
      <StateBody live={live}>
        {() => summary && <AreaItems summary={summary} />}
      </StateBody>
    </Frame>
  );
}
