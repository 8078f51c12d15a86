// Checks the manifest of the Teams app in a folder against Microsoft's schema.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv from 'ajv-draft-04';

const require = createRequire(import.meta.url);
const { TeamsManifestConverter } = require('@microsoft/app-manifest');
const text = readFileSync(join(process.argv[2], 'manifest.json'), 'utf8');
const manifest = TeamsManifestConverter.jsonToManifest(text); // fails where a type is another one
const schema = JSON.parse(readFileSync(new URL(
  `node_modules/@microsoft/app-manifest/build/json-schemas/teams/v${manifest.manifestVersion}/MicrosoftTeams.schema.json`, import.meta.url)));
const check = new Ajv({ strict: false, validateFormats: false }).compile(schema);
if (!check(manifest)) {
  console.error(check.errors);
  process.exit(1);
}
console.log(`manifest ${manifest.manifestVersion} of ${manifest.name.short} is as its schema wants it`);
