import { useEffect, useMemo, useState } from 'react';
import { healths, ServiceList } from '@day2ops/backstage-plugin-day2-common';
import { Announcer } from '../components/Announcer';
import { Body } from '../components/frame';
import { LoadingBody, StateBody } from '../components/StateBody';
import { useClusters } from '../hooks/useClusters';
import { Live } from '../hooks/useLive';
import { useServices } from '../hooks/useServices';
import { FleetAddress, notHealthy } from './fleetAddress';
import { FilterBarProps } from './FilterBar';
import { FleetSummary, sumCounts } from './FleetSummary';
import { FleetTable } from './FleetTable';
import { serviceName } from './serviceColumns';
import { SilentClusters } from './SilentClusters';
import { useFleetAddress } from './useFleetAddress';
import { useLastMine, useOwnership } from './useMine';

type Facets = ServiceList['facets'];

const production = 'production';

/** What needs somebody first, over all services that the reader may see. */
export function NeedsAttention() {
  const ownership = useOwnership();
  return (
    <Body page>
      {ownership ? <Fleet ownership={ownership} /> : <LoadingBody />}
    </Body>
  );
}

function Fleet(props: { ownership: readonly string[] }) {
  const { ownership } = props;
  const [address, setAddress] = useFleetAddress();
  const [lastMine, rememberMine] = useLastMine();
  const [defaultEnvironment, setDefaultEnvironment] = useState([production]);
  const mine = ownership.length > 0 && (address.mine ?? lastMine);
  const health = address.health ?? notHealthy;
  const environment = address.environment ?? defaultEnvironment;
  const live = useServices(
    toQuery({ address, health, environment, mine, ownership }),
  );
  const facets = useFacets(live);
  useEffect(() => {
    if (facets && !facets.environment.some(each => each.value === production)) {
      setDefaultEnvironment([]);
    }
  }, [facets]);
  const onChange = (change: Partial<FleetAddress>) => {
    if (change.mine !== undefined) {
      rememberMine(change.mine);
    }
    setAddress(change);
  };
  const bar: FilterBarProps = {
    address,
    health,
    environment,
    mine,
    mineCount: countMine(facets, ownership),
    facets,
    onChange,
  };
  return (
    <StateBody live={live} page>
      {list => <FleetBody list={list} bar={bar} loadedAt={live.loadedAt} />}
    </StateBody>
  );
}

function FleetBody(props: {
  list: ServiceList;
  bar: FilterBarProps;
  loadedAt?: number;
}) {
  const { list, bar, loadedAt } = props;
  const clusters = useClusters();
  const things = useMemo(
    () =>
      list.items.map(service => ({
        key: service.entityRef,
        name: serviceName(service),
        health: service.health,
      })),
    [list.items],
  );
  return (
    <>
      <Announcer things={things} />
      <SilentClusters
        clusters={clusters.value?.items ?? []}
        facets={bar.facets}
        total={sumCounts(list.counts).total}
      />
      <FleetSummary
        counts={list.counts}
        chosen={bar.health}
        loadedAt={loadedAt}
        onChoose={health => bar.onChange({ health })}
      />
      <FleetTable list={list} bar={bar} />
    </>
  );
}

function toQuery(options: {
  address: FleetAddress;
  health: FilterBarProps['health'];
  environment: readonly string[];
  mine: boolean;
  ownership: readonly string[];
}) {
  const { address, health, environment, mine, ownership } = options;
  return {
    health: health.length === healths.length ? undefined : health,
    area: address.area,
    system: address.system,
    environment,
    cluster: address.cluster,
    owner: mine ? ownership : address.owner,
    text: address.text,
    sort: address.sort,
    cursor: address.cursor,
    limit: address.limit,
  };
}

/** Facets come with the first page only; they stay for the others. */
function useFacets(live: Live<ServiceList>): Facets {
  const [facets, setFacets] = useState<Facets>();
  const latest = live.value?.facets;
  useEffect(() => {
    if (latest) {
      setFacets(latest);
    }
  }, [latest]);
  return latest ?? facets;
}

function countMine(facets: Facets, ownership: readonly string[]) {
  return facets?.owner
    .filter(({ value }) => ownership.includes(value))
    .reduce((total, { count }) => total + count, 0);
}
