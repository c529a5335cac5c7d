import CheckCircleOutline from '@material-ui/icons/CheckCircleOutline';
import DnsOutlined from '@material-ui/icons/DnsOutlined';
import Search from '@material-ui/icons/Search';
import { Link } from '@backstage/core-components';
import { healths, ServiceList } from '@day2ops/backstage-plugin-day2-common';
import { ActionButton } from '../components/ActionButton';
import { Message } from '../components/Message';
import { RichText } from '../components/RichText';
import { useLinks } from '../hooks/useLinks';
import { useText } from '../hooks/useText';
import { FilterBarProps } from './FilterBar';
import { notHealthy, sameSet } from './fleetAddress';
import { sumCounts } from './FleetSummary';

const noFilters = {
  health: undefined,
  area: [],
  system: [],
  environment: [],
  cluster: [],
  owner: [],
  text: '',
  mine: false,
} as const;

/** Why the list is empty: nothing is judged, nothing is wrong, or nothing matches. */
export function NoServices(props: { list: ServiceList; bar: FilterBarProps }) {
  const { list, bar } = props;
  const t = useText();
  const links = useLinks();
  const { need, cannot, total } = sumCounts(list.counts);
  const filters = countFilters(bar);
  if (filters === 0 && total === 0) {
    return (
      <Message
        icon={DnsOutlined}
        title={t('state.emptyFleet.title')}
        actions={
          links.clusters && (
            <Link to={links.clusters()}>{t('state.emptyFleet.link')}</Link>
          )
        }
      >
        <RichText>{t('state.emptyFleet.body')}</RichText>
      </Message>
    );
  }
  if (filters === 0 && need + cannot === 0) {
    return (
      <Message
        icon={CheckCircleOutline}
        title={t('state.allRight.title')}
        actions={
          <ActionButton onClick={() => bar.onChange({ health: healths })}>
            {t('state.allRight.show')}
          </ActionButton>
        }
      >
        {t('state.allRight.body', { count: total })}
      </Message>
    );
  }
  return (
    <Message
      icon={Search}
      title={t('state.noMatch.title', { count: Math.max(1, filters) })}
      actions={
        <ActionButton onClick={() => bar.onChange(noFilters)}>
          {t('state.noMatch.clear')}
        </ActionButton>
      }
    >
      {t('state.noMatch.body', { count: total })}
    </Message>
  );
}

/** How many filters a person has set; the defaults are none. */
function countFilters({ address, health, mine }: FilterBarProps): number {
  return [
    !sameSet(health, notHealthy),
    address.area.length > 0,
    address.system.length > 0,
    (address.environment?.length ?? 0) > 0,
    address.cluster.length > 0,
    address.owner.length > 0,
    address.text !== '',
    mine,
  ].filter(Boolean).length;
}
