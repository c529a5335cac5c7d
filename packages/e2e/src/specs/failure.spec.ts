import { expect, test } from '@playwright/test';
import { enter } from '../support/enter';
import { needsAttention, operationsOf, rowOf } from '../support/fleet';
import { sandbox } from '../support/sandbox';

const portal = {
  cluster: 'production',
  namespace: 'gsv-prod',
  name: 'gsv-portal',
};

test.afterEach(() => sandbox.mend(portal));

test('a failure appears on open pages, and resolves, without a reload', async ({
  context,
}) => {
  const fleet = await context.newPage();
  await enter(fleet, { as: 'platform', at: needsAttention });
  await expect(rowOf(fleet, 'gsv-api')).toBeVisible();
  await expect(rowOf(fleet, portal.name)).toHaveCount(0);

  const entity = await context.newPage();
  await enter(entity, { as: 'platform', at: operationsOf(portal.name) });
  const workloads = entity.getByRole('region', { name: 'Workloads' });
  await expect(workloads).toContainText('Healthy');

  await sandbox.break(portal, 'imagePull');
  await expect(workloads).toContainText('Degraded');
  await expect(workloads).toContainText('cannot be pulled');
  await fleet.bringToFront();
  await expect(rowOf(fleet, portal.name)).toContainText('cannot be pulled');

  await sandbox.mend(portal);
  await expect(rowOf(fleet, portal.name)).toHaveCount(0);
  await entity.bringToFront();
  await expect(workloads).not.toContainText('cannot be pulled');
  await expect(workloads).not.toContainText('Degraded');
});
