// Makes out/schema.json from types.ts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createGenerator } from 'ts-json-schema-generator';

const schema = createGenerator({
  path: 'types.ts',
  type: '*',
  expose: 'all',
  skipTypeCheck: true,
  additionalProperties: false,
}).createSchema('*');

const generated = structuredClone(schema.definitions);
chooseByType(schema);
mkdirSync('out', { recursive: true });
writeFileSync('out/schema.json', JSON.stringify(schema, null, 1));

// chooseByType turns each union of things with different "type" into a choice
// by it, so that a mistake is told of the thing that was meant and not of all
// others.
function chooseByType(part) {
  if (part === null || typeof part !== 'object') return;
  Object.values(part).forEach(chooseByType);
  const byType = group(members(part));
  if (!part.anyOf || byType.has(undefined) || byType.size < 2) return;
  delete part.anyOf;
  Object.assign(part, {
    type: 'object',
    required: ['type'],
    properties: { type: { enum: [...byType.keys()] } },
    allOf: [...byType].map(([type, some]) => ({
      if: { properties: { type: { const: type } }, required: ['type'] },
      then: some.length === 1 ? some[0].schema : { anyOf: some.map((m) => m.schema) },
    })),
  });
}

// members are the things in a union, those in unions inside of it too.
function members(part) {
  const name = part.$ref?.replace('#/definitions/', '');
  const meant = name ? generated[decodeURIComponent(name)] : part;
  if (meant.$ref) return members(meant);
  if (meant.anyOf) return meant.anyOf.flatMap(members);
  return [{ schema: structuredClone(part), type: meant.properties?.type?.const }];
}

function group(all) {
  const byType = new Map();
  for (const m of all) byType.set(m.type, [...(byType.get(m.type) ?? []), m]);
  return byType;
}
