import { Command } from 'commander'

/** A subcommand's module: declares its options and action on the command it is given. */
export interface Subcommand {
  configure(command: Command): void
}

interface Entry {
  name: string
  description: string
  load: () => Promise<Subcommand>
}

const SUBCOMMANDS: Entry[] = [
  {
    name: 'outcome',
    description: 'the outcome of auctions: one JSON document a line in, one a line out',
    load: () => import('./outcome'),
  },
  {
    name: 'clear',
    description: 'the clearing of order books: one JSON document a line in, one a line out',
    load: () => import('./clear'),
  },
  {
    name: 'attest',
    description: 'an enclave’s evidence, checked against Intel’s root',
    load: () => import('./attest'),
  },
  {
    name: 'verify',
    description: 'whether a settlement was right, from the chain and its proofs alone',
    load: () => import('./verify'),
  },
  {
    name: 'replay',
    description: 'a real bid history, sealed and sent through the local stack',
    load: () => import('./replay'),
  },
]

/** Loads only the subcommand that was asked for, so that none pays for another's imports. */
async function main(argv: string[]): Promise<void> {
  const program = new Command('subrosa').description('Sealed-bid auctions, checked from the command line.')
  const asked = argv.slice(2, 4)
  for (const { name, description, load } of SUBCOMMANDS) {
    const command = program.command(name).description(description)
    if (asked.includes(name)) (await load()).configure(command)
  }
  await program.parseAsync(argv)
}

main(process.argv).catch((error: unknown) => {
  process.stderr.write(`subrosa: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
