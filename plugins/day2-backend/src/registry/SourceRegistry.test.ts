import {
  createSource,
  KindDefinition,
} from '@day2ops/backstage-plugin-day2-node';
import { SourceRegistry } from './SourceRegistry';

const widget: KindDefinition = {
  group: 'example.com',
  kind: 'Widget',
  plural: 'widgets',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  prune: () => ({}),
};
const widgets = createSource({
  id: 'widgets',
  title: 'Widgets',
  kinds: [widget],
});

describe('SourceRegistry', () => {
  it('refuses two sources of one name and one kind from two sources', () => {
    const registry = new SourceRegistry();
    registry.addSource(widgets);
    expect(() => registry.addSource(widgets)).toThrow(
      'There are two sources "widgets"',
    );
    expect(() =>
      registry.addSource(
        createSource({ id: 'other', title: 'Other', kinds: [widget] }),
      ),
    ).toThrow(
      'Sources "widgets" and "other" both list kind Widget.example.com',
    );
    expect(registry.enabled({})).toHaveLength(1);
  });

  it('gives each source its settings, and leaves out what is switched off', () => {
    const registry = new SourceRegistry();
    registry.addSource(widgets);
    registry.addSource(
      createSource({
        id: 'gears',
        title: 'Gears',
        kinds: [],
        readSettings: ({ teeth }) => ({ teeth: Number(teeth) }),
      }),
    );
    expect(
      registry.enabled({
        widgets: { enabled: false, settings: {} },
        gears: { enabled: true, settings: { teeth: '12' } },
      }),
    ).toEqual([
      {
        source: expect.objectContaining({ id: 'gears' }),
        settings: { teeth: 12 },
      },
    ]);
    expect(() =>
      registry.enabled({ wigdets: { enabled: true, settings: {} } }),
    ).toThrow(
      'day2.sources.wigdets configures a source that is not installed; installed are gears, widgets',
    );
  });
});
