import { KindDefinition } from '@day2ops/backstage-plugin-day2-node';
import { parse } from 'yaml';
import { clusterRoleOf, missingRules } from './clusterRoleOf';

const kind = (group: string, plural: string): KindDefinition => ({
  group,
  kind: plural,
  plural,
  versions: ['v1'],
  namespaced: true,
  prune: () => undefined,
});

const source = {
  id: 'test',
  kinds: [
    kind('', 'pods'),
    kind('apps', 'replicasets'),
    kind('apps', 'deployments'),
    kind('', 'nodes'),
  ],
};

describe('clusterRoleOf', () => {
  it('allows reading the kinds of the source, and what every source needs', () => {
    const role = clusterRoleOf(source);
    expect(role.metadata.name).toBe('day2-test');
    expect(role.rules.slice(0, 2)).toEqual([
      {
        apiGroups: [''],
        resources: ['nodes', 'pods'],
        verbs: ['get', 'list', 'watch'],
      },
      {
        apiGroups: ['apps'],
        resources: ['deployments', 'replicasets'],
        verbs: ['get', 'list', 'watch'],
      },
    ]);
    const urls = role.rules.flatMap(rule => rule.nonResourceURLs ?? []);
    expect(urls).toEqual(
      expect.arrayContaining(['/readyz', '/version', '/api', '/apis/*']),
    );
  });

  it('never allows writes, secrets or commands in pods', () => {
    const role = clusterRoleOf(source, { events: true, logs: true });
    const granted = role.rules.flatMap(({ verbs, resources = [] }) =>
      verbs.flatMap(verb => resources.map(resource => `${verb} ${resource}`)),
    );
    expect(granted.filter(grant => !/^(get|list|watch) /.test(grant))).toEqual([
      'create selfsubjectaccessreviews',
    ]);
    expect(granted.filter(grant => /secret|exec|\*/.test(grant))).toEqual([]);
  });

  it('adds logs and events only when asked', () => {
    const resources = (optional?: { events?: boolean; logs?: boolean }) =>
      clusterRoleOf(source, optional).rules.flatMap(
        rule => rule.resources ?? [],
      );
    expect(resources()).not.toContain('events');
    expect(resources()).not.toContain('pods/log');
    expect(resources({ logs: true })).toContain('pods/log');
    expect(resources({ events: true })).toContain('events');
  });
});

describe('missingRules', () => {
  it('is YAML to paste, for exactly the kinds that are refused', () => {
    expect(parse(missingRules([kind('apps', 'deployments')])!)).toEqual([
      {
        apiGroups: ['apps'],
        resources: ['deployments'],
        verbs: ['get', 'list', 'watch'],
      },
    ]);
    expect(missingRules([])).toBeUndefined();
  });
});
