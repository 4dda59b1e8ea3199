import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import type { ReaperConfig } from '../../../lib/config/config.js';
import type { Template } from '../../template/template.js';
import { addSettingsOptions, effectiveSettings, type SettingsOptions } from '../options/settings-options.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import type { Terminal } from '../terminal/terminal.js';

interface TemplateOptions extends SettingsOptions {
  readonly out: string;
}

/** `template`: the stack for CloudFormation alone. */
export function templateCommand({ stdout, cwd }: Terminal): Command {
  const command = new Command('template')
    .summary('the stack as a CloudFormation template, for a deployment without the CDK')
    .description(
      'Writes the stack as a CloudFormation template, and the code of its function as a zip, for a deployment with ' +
        'the AWS CLI, Terraform or the console, without the bootstrap of the CDK. The template has the settings in ' +
        'it; the idle minutes, the cap, the price and one e-mail address are its parameters. Calls nothing.',
    )
    .requiredOption('--out <folder>', 'where to write the files; it is made where it does not exist')
    .action(async (options: TemplateOptions) => {
      const { config, source } = await effectiveSettings(options, cwd);
      const files = await filesFor(config);
      const folder = path.resolve(cwd, options.out);
      await write(folder, files);
      stdout.write(`Settings: ${source}\n\n${inWords(options.out, files, config)}`);
    });
  return addSettingsOptions(command);
}

interface Files {
  readonly zipName: string;
  readonly contents: ReadonlyMap<string, string | Uint8Array>;
  /** Whether the template is too large to be given to CloudFormation without a bucket. */
  readonly needsBucket: boolean;
}

/** CloudFormation's limit for a template that is not in a bucket. */
const MOST_BYTES_WITHOUT_BUCKET = 51_200;

async function filesFor(config: ReaperConfig): Promise<Files> {
  // Loaded here alone: no other command needs them.
  const [{ deployableTemplates }, { functionZip }] = await Promise.all([
    import('../../template/deployable-templates.js'),
    import('../../template/function-zip.js'),
  ]);
  const zip = await functionZip();
  const { template, packageTemplate, memberRole } = await deployableTemplates(config, zip.name);
  const text = asText(template);
  return {
    zipName: zip.name,
    contents: new Map<string, string | Uint8Array>([
      ['template.json', text],
      ['package.template.json', asText(packageTemplate)],
      ...(memberRole ? [['member-role.template.json', asText(memberRole)] as const] : []),
      [zip.name, zip.bytes],
    ]),
    needsBucket: Buffer.byteLength(text) > MOST_BYTES_WITHOUT_BUCKET,
  };
}

/** Indented where there is room. */
function asText(template: Template): string {
  const indented = `${JSON.stringify(template, undefined, 1)}\n`;
  return Buffer.byteLength(indented) <= MOST_BYTES_WITHOUT_BUCKET ? indented : JSON.stringify(template);
}

async function write(folder: string, { contents }: Files): Promise<void> {
  try {
    await makeFolder(folder);
    for (const [name, content] of contents) await writeFile(path.join(folder, name), content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`--out: found ${folder}, which cannot be written to (${reason})`, EXIT.usage);
  }
}

/** Not Node's own `recursive`, which tries forever in a file system such as /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(path.dirname(folder));
  await mkdir(folder);
}

function inWords(out: string, { contents, zipName, needsBucket }: Files, config: ReaperConfig): string {
  const written = [...contents].map(
    ([name, content]) => `  ${path.join(out, name)}  ${Buffer.byteLength(content)} bytes`,
  );
  const capability = config.organization === null ? 'CAPABILITY_IAM' : 'CAPABILITY_NAMED_IAM';
  return [
    'Written',
    ...written,
    '',
    'Next, with a bucket of yours in the region of the stack',
    `  aws s3 cp ${path.join(out, zipName)} s3://BUCKET/`,
    `  aws cloudformation deploy --stack-name athena-session-reaper --capabilities ${capability} \\`,
    `    --template-file ${path.join(out, 'template.json')} --parameter-overrides CodeBucket=BUCKET` +
      (needsBucket ? ' \\\n    --s3-bucket BUCKET' : ''),
    '',
  ].join('\n');
}
