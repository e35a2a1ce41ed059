import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createPublicClient,
  createWalletClient,
  encodeDeployData,
  http,
  keccak256,
  stringToHex,
  zeroAddress,
  type Abi,
  type Address,
  type Hex,
} from 'viem'
import { foundry } from 'viem/chains'
import { z } from 'zod'
import { demoEditionsAbi } from '../abi/demoEditions'
import { demoLotsAbi } from '../abi/demoLots'
import { demoTokenAbi } from '../abi/demoToken'
import { enclaveRegistryAbi } from '../abi/enclaveRegistry'
import { hiddenBookAbi } from '../abi/hiddenBook'
import { sealedAuctionsAbi } from '../abi/sealedAuctions'
import { simulatorVerifierAbi } from '../abi/simulatorVerifier'
import { deploymentSchema, type Deployment } from '../chain/deployment'
import { floorsOf } from '../protocol/auction/floors'
import { MAX_FILLS } from '../protocol/book/market'
import { ACCOUNT, localAccount } from './accounts'

const BYTECODE = new URL('../abi/bytecode/', import.meta.url)
const CONTRACTS = [
  'SimulatorVerifier',
  'EnclaveRegistry',
  'SealedAuctions',
  'HiddenBook',
  'DemoToken',
  'DemoLots',
  'DemoEditions',
] as const
type ContractName = (typeof CONTRACTS)[number]

const { settlePeriod, challengeWindow } = floorsOf(foundry.id)
const FLOORS = [BigInt(settlePeriod), BigInt(challengeWindow)]

/** The public part, as every process reads it, and what it was made of and where: to know it again. */
const recordSchema = deploymentSchema.extend({ origin: z.object({ genesis: z.string(), code: z.string() }) })

const artifactSchema = z.object({ bytecode: z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]+$/)]) })

async function readBytecode(name: ContractName): Promise<Hex> {
  return artifactSchema.parse(JSON.parse(await readFile(new URL(`${name}.json`, BYTECODE), 'utf8'))).bytecode
}

/** Sends a contract's creation and waits for its block. */
async function deployContract(
  rpcUrl: string,
  name: ContractName,
  abi: Abi,
  args: readonly unknown[],
): Promise<{ address: Address; block: bigint }> {
  const account = localAccount(ACCOUNT.deployer)
  const client = createPublicClient({ chain: foundry, transport: http(rpcUrl), pollingInterval: 50 })
  const wallet = createWalletClient({ account, chain: foundry, transport: http(rpcUrl) })
  const data = encodeDeployData({ abi, bytecode: await readBytecode(name), args })
  const receipt = await client.waitForTransactionReceipt({ hash: await wallet.sendTransaction({ data }) })
  if (receipt.status !== 'success' || !receipt.contractAddress) throw new Error(`Deploying ${name} failed.`)
  return { address: receipt.contractAddress, block: receipt.blockNumber }
}

async function deployAll(rpcUrl: string, simulatorRoot: Address): Promise<Deployment> {
  const deploy = (name: ContractName, abi: Abi, ...args: unknown[]) => deployContract(rpcUrl, name, abi, args)
  const verifier = await deploy('SimulatorVerifier', simulatorVerifierAbi, simulatorRoot)
  const registry = await deploy('EnclaveRegistry', enclaveRegistryAbi, verifier.address)
  const auctions = await deploy('SealedAuctions', sealedAuctionsAbi, registry.address, ...FLOORS)
  // Nobody judges challenges yet: the zero address can send nothing.
  const book = await deploy(
    'HiddenBook',
    hiddenBookAbi,
    registry.address,
    zeroAddress,
    MAX_FILLS,
    settlePeriod,
    challengeWindow,
  )
  const demoToken = await deploy('DemoToken', demoTokenAbi, 'Demo dollar', 'DUSD')
  const demoBase = await deploy('DemoToken', demoTokenAbi, 'Demo grain', 'GRAIN')
  const demoLots = await deploy('DemoLots', demoLotsAbi)
  const demoEditions = await deploy('DemoEditions', demoEditionsAbi)
  return {
    chainId: foundry.id,
    startBlock: verifier.block.toString(),
    contracts: {
      auctions: auctions.address,
      book: book.address,
      registry: registry.address,
      verifier: verifier.address,
      demoToken: demoToken.address,
      demoBase: demoBase.address,
      demoLots: demoLots.address,
      demoEditions: demoEditions.address,
    },
  }
}

export type EnsuredDeployment = {
  deployment: Deployment
  file: string
  /** `kept`: as before. `first`: none was recorded. `chain`, `code`: the chain, or the contracts, are other ones now. */
  outcome: 'kept' | 'first' | 'chain' | 'code'
}

/**
 * Makes sure that the contracts of this checkout stand on the local chain, and records where.
 *
 * A recorded deployment is kept if the chain is the one it was made on, the contracts have not been changed since, and
 * their code is really there.
 *
 * @param simulatorRoot Address whose signatures admit enclaves.
 */
export async function ensureDeployment(
  dir: string,
  rpcUrl: string,
  simulatorRoot: Address,
): Promise<EnsuredDeployment> {
  const file = join(dir, 'deployment.json')
  const client = createPublicClient({ chain: foundry, transport: http(rpcUrl) })
  const code = await Promise.all(CONTRACTS.map(readBytecode))
  const origin = {
    genesis: (await client.getBlock({ blockNumber: 0n })).hash,
    code: keccak256(stringToHex([...code, simulatorRoot, ...FLOORS, MAX_FILLS].join())),
  }
  const recorded = await readRecord(file)
  if (recorded?.origin.genesis === origin.genesis && recorded.origin.code === origin.code) {
    const codes = await Promise.all(Object.values(recorded.contracts).map((address) => client.getCode({ address })))
    if (codes.every(Boolean)) return { deployment: deploymentSchema.parse(recorded), file, outcome: 'kept' }
  }
  const deployment = await deployAll(rpcUrl, simulatorRoot)
  await writeFile(`${file}.new`, `${JSON.stringify({ ...deployment, origin }, null, 2)}\n`)
  await rename(`${file}.new`, file)
  const outcome = !recorded ? 'first' : recorded.origin.genesis === origin.genesis ? 'code' : 'chain'
  return { deployment, file, outcome }
}

async function readRecord(file: string): Promise<z.output<typeof recordSchema> | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}
