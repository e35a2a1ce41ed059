import { existsSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { policyGaps } from '../protocol/attestation/completePolicy'
import { NO_POLICY, parsePolicy, type AttestationPolicy } from '../protocol/attestation/policy'
import { simulatorRoot } from '../protocol/attestation/simulatorRoot'
import { INTEL_ROOT, type TrustedRoot } from '../protocol/attestation/trustedRoot'
import { verifyEvidence } from '../protocol/attestation/verifyEvidence'
import { InputError, readEventLog, readInput, readJson, readQuote } from './attestInput'

/** Where a local stack's enclave leaves the certificate of its simulated root. */
const LOCAL_ROOT_FILE = '.subrosa/enclave/simulator-root.pem'
const MAX_TIME = 253_402_300_799

interface Options {
  quote: string
  collateral: string
  at: number
  eventLog?: string
  root: TrustedRoot['name']
  rootCertificate?: string
  policy?: string
  partial?: boolean
}

function parseTime(text: string): number {
  const time = Number(text)
  if (!/^[0-9]+$/.test(text) || time > MAX_TIME)
    throw new InputError(`--at ${text}: a time in Unix seconds was expected`)
  return time
}

/** A policy that leaves something open is taken only where the user says so: `ok` would pass for more than it is. */
async function readPolicy({ policy: path, partial }: Options): Promise<AttestationPolicy> {
  if (path === undefined) return NO_POLICY
  const policy = parseValidPolicy(await readJson(path, 'policy'), path)
  const gaps = policyGaps(policy)
  if (gaps.length > 0 && !partial)
    throw new InputError(`the policy ${path} leaves open: ${gaps.join(', ')}; --partial checks the rest all the same`)
  return policy
}

function parseValidPolicy(json: unknown, path: string): AttestationPolicy {
  try {
    return parsePolicy(json)
  } catch (error) {
    throw new InputError(`the policy ${path} is not valid: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function readRoot({ root, rootCertificate }: Options): Promise<TrustedRoot> {
  if (root === 'intel') {
    if (rootCertificate !== undefined) throw new InputError('--root-certificate goes with --root simulator')
    return INTEL_ROOT
  }
  const file = rootCertificate ?? LOCAL_ROOT_FILE
  if (rootCertificate === undefined && !existsSync(file)) {
    process.stderr.write(
      `subrosa: no simulated root in ${file}, so nothing can be signed by it; see --root-certificate\n`,
    )
    return { name: 'simulator', fingerprint: 'none' }
  }
  const pem = new TextDecoder().decode(await readInput(file, 'root certificate'))
  try {
    return simulatorRoot(pem)
  } catch {
    throw new InputError(`the root certificate ${file} is not one certificate in PEM`)
  }
}

async function verify(options: Options): Promise<void> {
  const { quote, eventLog } = await readQuote(options.quote)
  const verdict = await verifyEvidence({
    quote,
    collateral: await readJson(options.collateral, 'collateral'),
    eventLog: options.eventLog === undefined ? eventLog : await readEventLog(options.eventLog),
    at: options.at,
    root: await readRoot(options),
    policy: await readPolicy(options),
  })
  process.stdout.write(JSON.stringify(verdict) + '\n')
  process.exitCode = verdict.ok ? 0 : 1
}

function report(error: unknown): void {
  if (!(error instanceof InputError)) throw error
  process.stderr.write(`subrosa: ${error.message}\n`)
  process.exitCode = 2
}

/** `subrosa attest verify …`: an enclave's evidence, every check of PROTOCOL.md section 10. */
export function configure(command: Command): void {
  command
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .command('verify')
    .description(
      'verify an enclave’s quote: exit 0 where every check holds, 1 where one fails, 2 for input that cannot be read',
    )
    .requiredOption(
      '--quote <file>',
      'the quote: raw, in hex or base64 on any number of lines, or dstack’s JSON report',
    )
    .requiredOption('--collateral <file>', 'Intel’s collateral as JSON: certificates, CRLs, TCB info, QE identity')
    .requiredOption('--at <time>', 'the time to verify at, in Unix seconds')
    .option('--event-log <file>', 'the machine’s event log as JSON, or dstack’s JSON report')
    .addOption(new Option('--root <root>', 'the root to trust').choices(['intel', 'simulator']).default('intel'))
    .option('--root-certificate <file>', `the simulator’s root in PEM (default: ${LOCAL_ROOT_FILE})`)
    .option('--policy <file>', 'what to accept, as JSON: all that tells our enclave from another program')
    .option('--partial', 'check a policy that leaves something open')
    .addHelpText(
      'after',
      `
Out: {"ok","policy","code","root","tcbStatus","advisoryIds","checks":[{"name","ok","detail","code"}],"report","app","validUntil"}
     code is that of the first check that failed; a check with ok null was not asked for, or an earlier failure left it out.
     policy is "complete", or "partial" or "none": then ok says that the machine is Intel’s, not whose program it runs.
Policy (hex): complete with {"appIds":[],"composeHashes":[],"measurements":[{"mrtd","rtmr0","rtmr1","rtmr2"}],
     "keyProviders":[{"name","id"}],"acceptedTcbStatuses":["UpToDate"]}, each naming something; and may have
     "acceptedAdvisories":["INTEL-SA-00837"],"minimumTcbEvaluationDataNumber":18,"mrConfigIds":[],"mrEnclaves":[],"mrSigners":[],
     "reportData":"". Without --policy, or with --partial, what is there is checked.`,
    )
    .action(async (options: Omit<Options, 'at'> & { at: string }) => {
      try {
        await verify({ ...options, at: parseTime(options.at) })
      } catch (error) {
        report(error)
      }
    })
}
