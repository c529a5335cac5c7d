import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Answer } from './createReader';

interface OpenApiDocument {
  paths: Record<
    string,
    { get: { responses: Record<string, OpenApiResponse> } }
  >;
}

interface OpenApiResponse {
  content?: { 'application/json': { schema: object } };
}

/** Holds answers to an OpenAPI document: what it returns lists what is wrong with one. */
export function createOpenApiCheck(document: unknown) {
  const { paths } = document as OpenApiDocument;
  const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
  ajv.addSchema(document as object, 'openapi');
  const unseen = new Set(Object.keys(paths));

  function check(path: string, { status, text }: Answer): string[] {
    const plain = path.replace(/^\/v1/, '').replace(/\?.*$/, '');
    const template = Object.keys(paths).find(candidate =>
      new RegExp(`^${candidate.replace(/\{\w+\}/g, '[^/]+')}$`).test(plain),
    );
    if (!template) return [`No path is described for ${plain}`];
    const described = paths[template].get.responses[status];
    if (!described) return [`Status ${status} is not described: ${text}`];
    if (status === 200) unseen.delete(template);
    if (!described.content) return text ? ['A body is not described'] : [];
    const pointer = [
      'paths',
      template,
      'get',
      'responses',
      String(status),
      'content',
      'application/json',
      'schema',
    ].map(part =>
      encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1')),
    );
    const validate = ajv.compile({ $ref: `openapi#/${pointer.join('/')}` });
    if (validate(JSON.parse(text))) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath} ${message}`,
    );
  }

  /** Paths of which no good answer was held to the document. */
  return Object.assign(check, { unseen: () => [...unseen] });
}
