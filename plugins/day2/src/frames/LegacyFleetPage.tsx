import { Navigate, Route, Routes } from 'react-router-dom';
import { Header, Page, TabbedLayout } from '@backstage/core-components';
import { Body } from '../components/frame';
import { Clusters } from '../fleet/Clusters';
import { NeedsAttention } from '../fleet/NeedsAttention';
import { useText } from '../hooks/useText';

/** The pages of the fleet in the frame of the legacy system. */
export function LegacyFleetPage() {
  return (
    <Routes>
      <Route index element={<Navigate to="needs-attention" replace />} />
      <Route path="*" element={<Tabs />} />
    </Routes>
  );
}

function Tabs() {
  const t = useText();
  return (
    <Page themeId="service">
      <Header title={t('page.title')} subtitle={t('page.subtitle')} />
      <TabbedLayout>
        <TabbedLayout.Route
          path="/needs-attention"
          title={t('page.needsAttention')}
        >
          <Body look="legacy">
            <NeedsAttention />
          </Body>
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/clusters" title={t('page.clusters')}>
          <Body look="legacy">
            <Clusters />
          </Body>
        </TabbedLayout.Route>
      </TabbedLayout>
    </Page>
  );
}
