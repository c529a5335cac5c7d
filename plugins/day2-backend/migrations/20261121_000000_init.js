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
    table.text('evidence').notNullable();
    table.text('links').notNullable();
    table.string('revision_id');
    table.string('revision_label');
    table.string('digest').notNullable();
    table.boolean('owned').notNullable().defaultTo(false);
    table.index(['cluster', 'kind']);
    table.index(['rank', 'since', 'id']);
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
    table.string('item_id').notNullable();
    table.string('health').notNullable();
    table.integer('rank').notNullable();
    table.string('reason').notNullable();
    table.double('since').notNullable();
    table.primary(['entity_id', 'environment', 'cluster', 'area']);
    table.index(['cluster']);
  });
  await knex.schema.createTable('services', table => {
    table.integer('entity_id').primary();
    table.string('ref').notNullable().unique();
    table.string('name').notNullable();
    table.string('health').notNullable();
    table.integer('rank').notNullable();
    table.string('reason').notNullable();
    table.double('since').notNullable();
    table.string('item_id');
    table.integer('revision').notNullable().defaultTo(0);
    table.index(['rank', 'since', 'entity_id']);
  });
  await knex.schema.createTable('transitions', table => {
    table.increments('id');
    table.double('at').notNullable().index();
    table.double('last_at').notNullable();
    table.string('item_id').notNullable().index();
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
    table.string('to_health');
    table.string('reason').notNullable();
    table.text('message').notNullable();
    table.string('from_label');
    table.string('to_label');
    table.boolean('observed_late').notNullable();
    table.integer('times').notNullable();
  });
  await knex.schema.createTable('transition_entities', table => {
    table.integer('transition_id').notNullable();
    table.integer('entity_id').notNullable();
    table.primary(['entity_id', 'transition_id']);
    table.index(['transition_id']);
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
    'transition_entities',
    'transitions',
    'services',
    'service_areas',
    'item_entities',
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
