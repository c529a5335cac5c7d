import { z } from 'zod';
import { RouteDescription, routes } from './routes';

const errorSchema = {
  type: 'object',
  required: ['error', 'response'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: {
        name: { type: 'string' },
        message: { type: 'string' },
      },
    },
    response: {
      type: 'object',
      required: ['statusCode'],
      properties: { statusCode: { type: 'integer' } },
    },
  },
};

/**
 * The OpenAPI 3.1 document of `/api/day2/v1`, from the same schemas that parse requests and type answers.
 */
export function createDocument() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Day 2',
      version: '1',
      description:
        'Health of services, joined from what runs in clusters. What the caller may not see does not exist.',
    },
    servers: [{ url: '/api/day2/v1' }],
    paths: Object.fromEntries(
      routes.map(route => [route.path, { get: describe(route) }]),
    ),
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: { backstage: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ backstage: [] }],
  };
}

function describe(route: RouteDescription) {
  const failure = (description: string) => ({
    description,
    content: {
      'application/json': { schema: { $ref: '#/components/schemas/Error' } },
    },
  });
  return {
    operationId: route.operationId,
    summary: route.summary,
    parameters: [...pathParameters(route), ...queryParameters(route)],
    responses: {
      200: {
        description: route.summary,
        ...(route.conditional && {
          headers: { ETag: { schema: { type: 'string' } } },
        }),
        content: {
          'application/json': { schema: jsonSchema(route.response) },
        },
      },
      ...(route.conditional && { 304: { description: 'Nothing changed' } }),
      400: failure('A parameter is wrong; the message names it'),
      401: failure('No credentials'),
      403: failure('Not allowed'),
      404: failure('Not there, or not for the caller'),
    },
  };
}

function pathParameters(route: RouteDescription) {
  return Array.from(route.path.matchAll(/\{(\w+)\}/g), ([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(route: RouteDescription) {
  const { properties = {} } = jsonSchema(route.query);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: name === 'pod',
    style: 'form',
    explode: false,
    schema,
  }));
}

function jsonSchema(schema: z.ZodType): z.core.JSONSchema.JSONSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'output' });
  return rest;
}
