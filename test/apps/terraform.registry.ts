/** The Terraform example, held to the schema of the AWS provider, which a package of the registry has in its types. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Block, blocksOf, camelCased, terraformExample } from '../support/terraform.js';

const run = promisify(execFile);
const PROVIDER = '@cdktn/provider-aws@25.7.0';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'reaper-terraform-'));
  const { stdout } = await run('npm', ['pack', '--json', PROVIDER], { cwd: folder });
  const [{ filename }] = JSON.parse(stdout);
  // Three of its thousand resources: installed as a whole it has half a gigabyte.
  const types = blocksOf(await terraformExample()).map(({ module }) => `package/lib/${module}/index.d.ts`);
  await run('tar', ['-xzf', filename, ...new Set(types)], { cwd: folder });
});
afterAll(() => rm(folder, { recursive: true }));

/** What a resource takes, and what it shows. */
async function schemaOf({ module }: Block) {
  const types = await readFile(path.join(folder, 'package', 'lib', module, 'index.d.ts'), 'utf8');
  const [, config = ''] = /^export interface \w+Config extends [^{]*\{\n([\s\S]*?)^\}/m.exec(types) ?? [];
  const given = [...config.matchAll(/^ {4}readonly (\w+)(\??):/gm)];
  return {
    arguments: given.map(([, name]) => name),
    required: given.filter(([, , optional]) => optional === '').map(([, name]) => name),
    attributes: [...types.matchAll(/^ {4}get (\w+)\(\)/gm)].map(([, name]) => name),
  };
}

const example = await terraformExample();

describe.each(blocksOf(example).map((block) => [`${block.type}.${block.name}`, block] as const))(
  '%s',
  (name, block) => {
    test('has arguments that the provider takes, and each that it asks for', async () => {
      const schema = await schemaOf(block);
      const given = Object.keys(block.arguments).map(camelCased);
      expect(schema.arguments).toEqual(expect.arrayContaining(given));
      expect(given).toEqual(expect.arrayContaining(schema.required));
    });

    test('has the attributes that the example reads', async () => {
      const { attributes } = await schemaOf(block);
      const read = [...JSON.stringify(example).matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))];
      expect(attributes).toEqual(
        expect.arrayContaining(read.map(([, attribute = '']) => camelCased(attribute))),
      );
    });
  },
);
