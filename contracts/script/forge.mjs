// Where Forge's native binary lies: started directly, since a killed `npx forge` leaves its child running.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The contracts folder, where foundry.toml lies. */
export const contractsFolder = fileURLToPath(new URL('..', import.meta.url));

const binary = createRequire(import.meta.url).resolve(
  `@foundry-rs/forge-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}/bin/forge`,
);

/**
 * Runs Forge in the contracts folder and waits for it.
 * @param args Its arguments.
 * @param options `stdio` as for child_process; 'inherit' shows what Forge says.
 * @throws Where Forge exits with an error.
 */
export function forge(args, { stdio = 'inherit' } = {}) {
  return execFileSync(binary, args, { cwd: contractsFolder, stdio, encoding: 'utf8', maxBuffer: 1 << 28 });
}
