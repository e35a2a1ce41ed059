// Measures every transaction kind whole and compares with contracts/snapshots; with --write, replaces them.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { contractsFolder, forge } from './forge.mjs';

const write = process.argv.includes('--write');
const folder = join(contractsFolder, 'snapshots');

if (write) for (const file of readdirSync(folder)) rmSync(join(folder, file));
// Isolated calls are transactions of their own: intrinsic gas, calldata, cold storage and refunds count.
process.env['FORGE_SNAPSHOT_EMIT'] = write ? 'true' : 'false';
process.env['FORGE_SNAPSHOT_CHECK'] = write ? 'false' : 'true';
forge(['test', '--isolate', '--match-contract', 'GasTest']);
console.log(write ? 'Gas snapshots written.' : 'Gas is what contracts/snapshots says.');
