import { Body } from '../components/frame';
import { OperationsTab } from '../entity/OperationsTab';

/** The tab of an entity in the frame of the legacy system. */
export function LegacyOperationsTab() {
  return (
    <Body look="legacy">
      <OperationsTab />
    </Body>
  );
}
