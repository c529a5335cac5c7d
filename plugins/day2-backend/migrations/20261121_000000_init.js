// Moments are milliseconds since the epoch in double columns: both databases hand them back as numbers.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('leases', table => {
    table.string('scope').primary();
    table.string('holder');
    table.integer('epoch').notNullable().defaultTo(0);
    table.double('expires_at').notNullable().defaultTo(0);
    table.integer('revision').notNullable().defaultTo(0);
  });
  await knex.schema.createTable('replicas', table => {
    table.string('id').primary();
    table.string('roles').notNullable();
    table.string('version').notNullable();
    table.double('started_at').notNullable();
    table.double('heartbeat_at').notNullable();
  });
  await knex.schema.createTable('clusters', table => {
    table.string('name').primary();
    table.string('title');
    table.string('environment').notNullable();
    table.string('uid');
    table.string('version');
    table.string('state').notNullable();
    table.double('state_since');
    table.string('health').notNullable();
    table.string('reason').notNullable();
    table.text('params').notNullable().defaultTo('{}');
    table.text('message').notNullable();
    table.double('last_contact_at');
    table.double('next_attempt_at');
    table.text('warnings').notNullable().defaultTo('[]');
    table.text('missing_rules');
    table.double('listed_at').notNullable();
  });
  await knex.schema.createTable('kind_states', table => {
    table.string('cluster').notNullable();
    table.string('group').notNullable();
    table.string('kind').notNullable();
    table.string('source').notNullable();
    table.string('state').notNullable();
    table.double('since').notNullable();
    table.double('last_contact_at');
    table.integer('objects').notNullable().defaultTo(0);
    table.integer('quarantined').notNullable().defaultTo(0);
    table.text('message');
    table.primary(['cluster', 'group', 'kind']);
  });
  await knex.schema.createTable('entities', table => {
    table.increments('id');
    table.string('ref').notNullable().unique();
    table.string('kind').notNullable();
    table.string('namespace').notNullable();
    table.string('name').notNullable();
    table.string('title');
    table.string('type');
    table.string('lifecycle');
    table.string('system_ref').index();
    table.string('domain_ref').index();
    table.text('owner_refs').notNullable().defaultTo('[]');
    table.text('labels').notNullable().defaultTo('{}');
    table.text('annotations').notNullable().defaultTo('{}');
    table.string('etag');
    table.boolean('is_service').notNullable().defaultTo(false);
    table.integer('revision').notNullable();
    table.integer('misses').notNullable().defaultTo(0);
    table.double('gone_at');
  });
  await knex.schema.createTable('entity_owners', table => {
    table.integer('entity_id').notNullable();
    table.string('owner_ref').notNullable().index();
    table.primary(['entity_id', 'owner_ref']);
  });
  await knex.schema.createTable('items', table => {
    table.string('id').primary();
    table.string('scope').notNullable().index();
    table.string('cluster').notNullable();
    table.string('cluster_uid').notNullable();
    table.string('environment').notNullable();
    table.string('area').notNullable();
    table.string('source').notNullable();
    table.string('api_version').notNullable();
    table.string('group').notNullable();
    table.string('kind').notNullable();
    table.string('namespace');
    table.string('name').notNullable();
    table.string('uid').notNullable();
    table.string('health').notNullable();
    table.integer('rank').notNullable();
    table.string('reason').notNullable();
    table.text('params').notNullable();
    table.text('message').notNullable();
    table.double('since').notNullable();
    table.string('since_source').notNullable();
    table.integer('flapping_times');
    table.double('flapping_since');
    // Worst first as one number: see src/database/severity.ts.
    table.double('severity').notNullable();
    table.boolean('owned').notNullable().defaultTo(false);
    table.string('digest').notNullable();
    // The verdict that history shows and the better one that has not held yet, as JSON.
    table.text('recorded');
    table.text('pending');
    table.text('revision_id');
    table.text('revision_label');
    // Name, reason, message and revision in lower case, for the text filter.
    table.text('search').notNullable();
    table.index(['cluster', 'kind']);
    table.index(['kind', 'environment', 'cluster', 'area', 'id']);
    table.index(['severity', 'id']);
  });
  // Apart from items, so that who looks through many need not read past what only a page of one shows.
  await knex.schema.createTable('item_details', table => {
    table.string('item_id').primary();
    table.text('links').notNullable();
    table.text('evidence').notNullable();
  });
  await knex.schema.createTable('item_entities', table => {
    table.string('item_id').notNullable();
    table.integer('entity_id').notNullable().index();
    table.string('proof').notNullable();
    table.boolean('unexpected_namespace').notNullable().defaultTo(false);
    table.primary(['item_id', 'entity_id']);
  });
  await knex.schema.createTable('service_areas', table => {
    table.integer('entity_id').notNullable();
    table.string('environment').notNullable();
    table.string('cluster').notNullable();
    table.string('area').notNullable();
    // The one writer of the row.
    table.string('scope').notNullable();
    table.string('item_id').notNullable();
    table.string('health').notNullable();
    table.integer('rank').notNullable();
    table.string('reason').notNullable();
    table.double('since').notNullable();
    table.double('severity').notNullable();
    table.primary(['entity_id', 'environment', 'cluster', 'area', 'scope']);
    // Everything that the worst of an environment or an area is computed from.
    table.index(['environment', 'entity_id', 'area', 'cluster', 'severity']);
    table.index(['area', 'entity_id', 'environment', 'cluster', 'severity']);
    table.index(['cluster', 'entity_id']);
    table.index(['scope', 'entity_id']);
  });
  await knex.schema.createTable('services', table => {
    table.integer('entity_id').primary();
    table.string('ref').notNullable().unique();
    table.string('name').notNullable();
    table.string('health').notNullable();
    table.integer('rank').notNullable();
    table.string('reason').notNullable();
    table.double('since').notNullable();
    table.double('severity').notNullable();
    table.string('item_id');
    // Its environments, clusters and areas as JSON: few fleets have many different ones, so facets group by it.
    table.text('shape').notNullable();
    table.integer('revision').notNullable().defaultTo(0);
    table.index(['severity', 'entity_id']);
    table.index(['name', 'entity_id']);
  });
  await knex.schema.createTable('transitions', table => {
    table.increments('id');
    table.double('at').notNullable();
    table.double('last_at').notNullable().index();
    table.string('item_id').notNullable();
    table.string('scope').notNullable();
    table.string('cluster').notNullable();
    table.string('cluster_uid').notNullable();
    table.string('environment').notNullable();
    table.string('area').notNullable();
    table.string('kind').notNullable();
    table.string('namespace');
    table.string('name').notNullable();
    table.string('type').notNullable();
    table.string('from_health');
    table.string('from_reason');
    table.string('to_health');
    table.string('reason').notNullable();
    table.text('message').notNullable();
    table.text('from_label');
    table.text('to_label');
    table.boolean('observed_late').notNullable();
    table.integer('times').notNullable();
    table.index(['item_id', 'type', 'id']);
  });
  // When a cluster could not be heard, for the hatching of lanes.
  await knex.schema.createTable('silences', table => {
    table.increments('id');
    table.string('cluster').notNullable().index();
    table.double('from').notNullable();
    table.double('to').notNullable().index();
  });
  await knex.schema.createTable('transition_entities', table => {
    table.integer('transition_id').notNullable();
    table.integer('entity_id').notNullable();
    table.primary(['entity_id', 'transition_id']);
    table.index(['transition_id']);
  });
  // What all replicas share and nobody configures, such as the key that signs cursors.
  await knex.schema.createTable('settings', table => {
    table.string('name').primary();
    table.text('value').notNullable();
  });
  await knex.schema.createTable('counters', table => {
    table.string('name').primary();
    table.integer('value').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'counters',
    'settings',
    'transition_entities',
    'silences',
    'transitions',
    'services',
    'service_areas',
    'item_entities',
    'item_details',
    'items',
    'entity_owners',
    'entities',
    'kind_states',
    'clusters',
    'replicas',
    'leases',
  ]) {
    await knex.schema.dropTable(table);
  }
};
