import { readFile } from 'node:fs/promises'
import { encodeDeployData, zeroAddress, type Abi, type Address, type Hex } from 'viem'
import { z } from 'zod'
import { enclaveRegistryAbi } from '../../lib/abi/enclaveRegistry'
import { hiddenBookAbi } from '../../lib/abi/hiddenBook'
import { quorumVerifierAbi } from '../../lib/abi/quorumVerifier'
import { sealedAuctionsAbi } from '../../lib/abi/sealedAuctions'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import type { HubSender } from '../../lib/chain/hub/sender'
import { floorsOf } from '../../lib/protocol/auction/floors'
import { HUB_MAX_FILLS } from '../../lib/protocol/book/market'
import { timed } from './figures'
import { ATTESTORS } from './people'

/** How many of the attestors must sign. */
export const THRESHOLD = 2n

const artifact = z.object({ bytecode: z.string().regex(/^0x[0-9a-f]+$/) })

/** The same creation code that every other chain gets. */
async function codeOf(name: string, abi: Abi, args: readonly unknown[]): Promise<Hex> {
  const file = new URL(`../../lib/abi/bytecode/${name}.json`, import.meta.url)
  const { bytecode } = artifact.parse(JSON.parse(await readFile(file, 'utf8')))
  return encodeDeployData({ abi, bytecode: bytecode as Hex, args })
}

/** Subrosa's contracts, with the attestors' quorum to admit enclaves. */
export async function deployOnHub(connection: ChainConnection, deployer: HubSender): Promise<Deployment> {
  const startBlock = (await connection.readBlock('latest')).number
  async function deploy(name: string, abi: Abi, ...args: unknown[]): Promise<Address> {
    const code = await codeOf(name, abi, args)
    let address: Address | undefined
    await timed(`deploy ${name}`, async () => {
      const created = await deployer.instantiate(code)
      address = created.address
      return created.receipt
    })
    if (!address) throw new Error(`${name} was not created`)
    return address
  }
  const attestors = ATTESTORS.map(({ address }) => address)
  const verifier = await deploy('QuorumVerifier', quorumVerifierAbi, attestors, THRESHOLD)
  const registry = await deploy('EnclaveRegistry', enclaveRegistryAbi, verifier)
  const chainId = Number(await connection.readChainId())
  const { settlePeriod, challengeWindow } = floorsOf(chainId)
  const floors = [BigInt(settlePeriod), BigInt(challengeWindow)]
  process.stdout.write(
    `auctions settle in ${settlePeriod} s at least, are challenged for ${challengeWindow} s at least\n`,
  )
  const auctions = await deploy('SealedAuctions', sealedAuctionsAbi, registry, ...floors)
  const book = await deploy('HiddenBook', hiddenBookAbi, registry, zeroAddress, HUB_MAX_FILLS, 1, 1)
  return {
    chainId,
    startBlock: startBlock.toString(),
    contracts: { auctions, registry, verifier, book },
  }
}
