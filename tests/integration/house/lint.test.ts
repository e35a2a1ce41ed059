import { ESLint } from 'eslint'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')
const eslint = new ESLint({ cwd: root })
/** The same rules without the compiler's help, so that files which exist only in this test can be linted. */
const untyped = new ESLint({
  cwd: root,
  overrideConfig: {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: false, project: null } },
  },
  ruleFilter: ({ ruleId }) => !ruleId.startsWith('@typescript-eslint/') || ruleId.endsWith('/no-explicit-any'),
})

/** What the linter says about `code`, were it the file `path`. */
async function report(path: string, code: string): Promise<string[]> {
  const [result] = await untyped.lintText(code, { filePath: join(root, path) })
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message)
}

const use = (source: string) => `import { planted } from '${source}'\nplanted()\n`

describe('import rules: a planted violation is reported', () => {
  it.each([
    // Packages.
    ['lib/protocol/planted.ts', 'node:crypto'],
    ['lib/protocol/planted.ts', 'crypto'],
    ['lib/protocol/planted.ts', 'pg'],
    ['lib/protocol/planted.ts', 'viem'],
    ['lib/protocol/planted.ts', 'viem/accounts'],
    ['lib/protocol/sealing/planted.ts', 'zod'],
    ['lib/protocol/polkadot/planted.ts', 'zod'],
    ['lib/chain/planted.ts', 'pg'],
    ['lib/chain/planted.ts', '@polkadot/api'],
    ['lib/chain/evm/planted.ts', '@polkadot/util-crypto'],
    ['lib/chain/substrate/planted.ts', '@acala-network/chopsticks-core'],
    ['lib/protocol/planted.ts', '@polkadot/util-crypto'],
    ['lib/keeper/planted.ts', '@polkadot/api'],
    ['lib/cli/planted.ts', '@polkadot/util-crypto'],
    ['app/_wallet/planted.ts', '@polkadot/api'],
    ['app/_wallet/planted.ts', '../../lib/chain/substrate/connect'],
    ['app/portfolio/Planted.tsx', '../../lib/chain/hub/connection'],
    ['lib/enclave/planted.ts', '@prisma/client'],
    ['lib/enclave/planted.ts', 'next'],
    ['lib/keeper/planted.ts', '@prisma/client'],
    ['lib/indexer/planted.ts', '@prisma/adapter-pg'],
    ['lib/cli/planted.ts', 'pg'],
    ['lib/dev/planted.ts', '@prisma/client'],
    ['app/auctions/Planted.tsx', 'pg'],
    ['app/auctions/Planted.tsx', 'node:fs'],
    ['app/auctions/page.tsx', '@prisma/client'],
    ['app/api/v1/planted/route.ts', 'pg'],
    ['app/_workers/planted.ts', 'react'],
    // Folders.
    ['lib/protocol/planted.ts', '../chain/connection'],
    ['lib/protocol/sealing/planted.ts', '../../config/env'],
    ['lib/chain/planted.ts', '../db/client'],
    ['lib/chain/planted.ts', '../enclave/open'],
    ['lib/enclave/planted.ts', '../keeper/main'],
    ['lib/enclave/planted.ts', '../indexer/main'],
    ['lib/enclave/planted.ts', '../db/client'],
    ['lib/enclave/http/planted.ts', '../../../app/_data/network'],
    ['lib/enclave/planted.ts', '../dev/accounts'],
    ['lib/keeper/planted.ts', '../enclave/open'],
    ['lib/keeper/planted.ts', '../indexer/main'],
    ['lib/keeper/planted.ts', '../db/client'],
    ['lib/indexer/planted.ts', '../enclave/open'],
    ['lib/db/planted.ts', '../indexer/main'],
    ['lib/cli/planted.ts', '../db/client'],
    ['lib/cli/planted.ts', '../dev/stack'],
    ['lib/cli/replay.ts', '../db/client'],
    ['lib/config/planted.ts', '../protocol/values'],
    ['lib/observe/planted.ts', '../config/env'],
    ['app/auctions/Planted.tsx', '../../lib/db/client'],
    ['app/auctions/Planted.tsx', '../../lib/enclave/open'],
    ['app/auctions/Planted.tsx', '../../lib/observe/logger'],
    ['app/auctions/Planted.tsx', '../_server/readAuctions'],
    ['app/auctions/Planted.tsx', '../api/v1/auctions/route'],
    ['app/auctions/page.tsx', '../../lib/enclave/open'],
    ['app/api/v1/planted/route.ts', '../../../../lib/keeper/main'],
    ['app/api/v1/_schemas/planted.ts', '../../../../lib/db/client'],
    ['app/_workers/planted.ts', '../../lib/chain/connection'],
    ['proxy.ts', './lib/db/client'],
    // Server code next to what a browser may have.
    ['app/auctions/Planted.tsx', '../api/v1/_lib/database'],
    ['app/auctions/Planted.tsx', '../api/planted'],
    ['app/_data/planted.ts', '../../lib/chain/loadDeployment'],
    // An extension names the same file.
    ['app/portfolio/Planted.tsx', '../auctions/page.js'],
    ['app/portfolio/Planted.tsx', '../api/v1/status/route.ts'],
    ['app/_data/planted.ts', '../../lib/chain/loadDeployment.mjs'],
    // Which kind of chain it is.
    ['lib/keeper/planted.ts', '../chain/evm/connection'],
    ['lib/indexer/planted.ts', '../chain/hub/connection'],
    ['lib/cli/planted.ts', '../chain/evm/sender'],
    ['lib/enclave/planted.ts', '../chain/evm/connection'],
    ['lib/enclave/chain/planted.ts', '../../chain/hub/api'],
    ['app/_bids/planted.ts', '../../lib/chain/evm/connection'],
    ['app/_server/planted.ts', '../../lib/chain/evm/connection'],
    // Files that no rule knows.
    ['lib/newthing/planted.ts', '../db/client'],
    ['lib/newthing/planted.ts', 'viem'],
    ['lib/planted.ts', './db/client'],
    ['instrumentation.ts', './lib/db/client'],
    ['instrumentation.ts', 'pg'],
  ])('%s imports %s', async (path, source) => {
    expect(await report(path, use(source))).toEqual(['house/boundaries'])
  })

  it.each([
    ['lib/enclave/planted.ts', "export const planted = () => import('../db/client')\n"],
    ['lib/enclave/planted.ts', "export { planted } from '../db/client'\nexport const other = 1\n"],
    ['lib/enclave/planted.ts', "export * from '../db/client'\nexport const other = 1\n"],
    ['lib/enclave/planted.ts', "import type { Planted } from '../db/client'\nexport type Other = Planted\n"],
    ['lib/enclave/planted.ts', "export type Planted = import('../db/client').Planted\n"],
    ['lib/enclave/planted.ts', "import '../db/client'\n"],
    ['lib/enclave/planted.ts', "export const planted = require('../db/client')\n"],
    ['lib/enclave/planted.ts', "import planted = require('../db/client')\nplanted()\n"],
    ['lib/enclave/planted.ts', 'export const planted = () => import(`../db/client`)\n'],
    ['lib/enclave/planted.ts', 'export const planted = (name: string) => import(name)\n'],
    ['lib/enclave/planted.ts', 'export const planted = (name: string) => import(`../${name}`)\n'],
    ['lib/enclave/planted.ts', "export const planted = () => import('../db' + '/client')\n"],
    ['lib/enclave/planted.ts', 'export const planted = (name: string) => require(name)\n'],
    ['lib/dev/planted.mjs', 'export const planted = (name) => import(name)\n'],
    ['lib/keeper/planted.ts', "import { createPublicClient } from 'viem'\ncreatePublicClient({} as never)\n"],
    ['lib/indexer/planted.ts', "import { http as over } from 'viem'\nover()\n"],
    ['lib/cli/planted.ts', "import * as all from 'viem'\nall.http()\n"],
    ['lib/enclave/planted.ts', "export { createClient } from 'viem'\nexport const other = 1\n"],
    ['app/portfolio/planted.ts', "export const planted = () => import('viem')\n"],
    ['lib/indexer/planted.ts', "export const planted = () => import('../chain/evm/connection')\n"],
    ['app/auctions/page.tsx', `'use client'\n${use('../../lib/db/client')}`],
    ['app/auctions/page.tsx', `'use client'\n${use('../api/v1/_lib/database')}`],
  ])('%s in another form: %s', async (path, code) => {
    expect(await report(path, code)).toContain('house/boundaries')
  })
})

describe('import rules: what is allowed passes', () => {
  it.each([
    ['lib/protocol/planted.ts', use('@noble/curves/secp256k1.js')],
    ['lib/protocol/planted.ts', use('viem/utils')],
    ['lib/protocol/planted.ts', "import type { Hex } from 'viem'\nexport type Planted = Hex\n"],
    ['lib/protocol/planted.ts', "import { type Hex } from 'viem'\nexport type Planted = Hex\n"],
    ['lib/protocol/receipt.ts', use('zod')],
    ['lib/protocol/polkadot/link.ts', use('zod')],
    ['lib/protocol/sealing/planted.ts', use('../auction/params')],
    ['lib/enclave/planted.ts', use('node:crypto')],
    ['lib/indexer/planted.ts', use('../db/client')],
    ['lib/db/planted.ts', use('@prisma/client')],
    ['lib/cli/replay.ts', use('../dev/stack')],
    ['lib/dev/planted.ts', use('../enclave/keys')],
    ['app/auctions/page.tsx', use('../../lib/db/client')],
    ['app/auctions/[id]/layout.tsx', use('../../../lib/db/client')],
    ['app/api/v1/planted/route.ts', use('../../../../lib/db/client')],
    ['app/_server/planted.ts', use('../../lib/db/client')],
    ['app/auctions/Planted.tsx', use('../../lib/chain/connection')],
    ['app/auctions/Planted.tsx', use('../api/v1/_schemas/auction')],
    ['app/auctions/page.tsx', use('../_server/network')],
    ['app/api/v1/planted/route.ts', use('../_lib/database')],
    ['app/_server/planted.ts', use('../../lib/chain/loadDeployment')],
    ['lib/cli/planted.ts', 'export const planted = () => import(`./outcome`)\n'],
    ['lib/chain/substrate/planted.ts', use('@polkadot/api')],
    ['lib/keeper/planted.ts', use('../chain/openConnection')],
    [
      'lib/keeper/planted.ts',
      "import { keccak256, type Client } from 'viem'\nexport const planted = (c: Client) => [c, keccak256('0x')]\n",
    ],
    ['lib/enclave/chain/evmEndpoint.ts', use('../../chain/evm/connection')],
    ['lib/enclave/planted.ts', "import type { HubNode } from '../chain/hub/api'\nexport type Planted = HubNode\n"],
    ['app/_wallet/planted.ts', "import { http } from 'viem'\nexport const planted = http()\n"],
    ['lib/chain/planted.ts', "import type { ApiPromise } from '@polkadot/api'\nexport type Planted = ApiPromise\n"],
    ['lib/keeper/planted.ts', use('../chain/substrate/connect')],
    ['lib/dev/substrate/planted.ts', use('@acala-network/chopsticks-core')],
    ['app/_wallet/planted.ts', "export const planted = () => import('../../lib/chain/substrate/connect')\n"],
    [
      'app/_wallet/planted.ts',
      "import type { Planted } from '../../lib/chain/substrate/connect'\nexport type Other = Planted\n",
    ],
    ['tests/planted.ts', 'export const planted = (name: string) => import(name)\n'],
    ['app/_workers/planted.ts', use('../../lib/protocol/sealing/seal')],
  ])('%s: %s', async (path, code) => {
    expect(await report(path, code)).toEqual([])
  })
})

describe('house style: a planted violation is reported', () => {
  it.each([
    ['max-lines', 'lib/chain/planted.ts', 'export const line = 1\n'.replace('line', 'first') + '// why\n'.repeat(300)],
    [
      '@typescript-eslint/no-explicit-any',
      'lib/chain/planted.ts',
      'export const planted = (value: any) => value as string\n',
    ],
    ['house/no-barrels', 'lib/chain/index.ts', "export { planted } from './events'\nexport * from './errors'\n"],
    ['no-console', 'lib/keeper/planted.ts', "console.log('here')\n"],
    [
      'react-hooks/rules-of-hooks',
      'app/auctions/Planted.tsx',
      "import { useState } from 'react'\nexport function Planted(props: { on: boolean }) {\n  if (props.on) useState(1)\n  return null\n}\n",
    ],
  ])('%s', async (rule, path, code) => {
    expect(await report(path, code)).toEqual([rule])
  })

  it('forgotten promises, with types, in a file of the project', async () => {
    const code = 'export function planted(): void {\n  Promise.resolve(1)\n}\n'
    const [result] = await eslint.lintText(code, { filePath: join(root, 'lib/observe/health.ts') })
    expect(result?.messages.map(({ ruleId }) => ruleId)).toEqual(['@typescript-eslint/no-floating-promises'])
  })

  it('a rule that is switched off for nothing', async () => {
    const code = '// eslint-disable-next-line no-console\nexport const planted = 1\n'
    const [result] = await untyped.lintText(code, { filePath: join(root, 'lib/chain/planted.ts') })
    expect(result?.messages.map(({ message }) => message)).toEqual([expect.stringContaining('Unused eslint-disable')])
  })
})
