#!/usr/bin/env node
// Gives Forge the solc of npm as if it were the native binary: `--version`, or standard JSON on stdin.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const solc = createRequire(import.meta.url)('solc');

// OpenZeppelin's relative imports leave this folder (`../node_modules/…`): those Forge does not hand over.
const readImport = (path) => {
  try {
    return { contents: readFileSync(path, 'utf8') };
  } catch (cause) {
    return { error: cause.message };
  }
};

if (process.argv.includes('--version')) {
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}`);
} else {
  console.log(solc.compile(readFileSync(0, 'utf8'), { import: readImport }));
}
