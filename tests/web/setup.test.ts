// scripts/setup and a node_modules that is only a link: npm ci would empty the folder behind it.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const project = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

test('a linked node_modules is refused, and what it leads to stays', () => {
  const folder = mkdtempSync(join(tmpdir(), 'moecalc-setup-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [checkout, elsewhere] = [join(folder, 'checkout'), join(folder, 'elsewhere')];
  mkdirSync(join(checkout, 'scripts'), { recursive: true });
  mkdirSync(elsewhere);
  for (const name of ['scripts/setup', 'scripts/lib.sh', 'package.json', 'package-lock.json']) {
    cpSync(project(name), join(checkout, name));
  }
  writeFileSync(join(elsewhere, 'precious'), '');
  symlinkSync(elsewhere, join(checkout, 'node_modules'));

  const { status, stderr } = spawnSync('bash', [join(checkout, 'scripts/setup')], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain(`node_modules is a symbolic link to ${elsewhere}`);
  expect(existsSync(join(elsewhere, 'precious'))).toBe(true);
});
