import { existsSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { DEFAULT_POLICY, parsePolicy, type AttestationPolicy } from '../protocol/attestation/policy'
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
}

function parseTime(text: string): number {
  const time = Number(text)
  if (!/^[0-9]+$/.test(text) || time > MAX_TIME)
    throw new InputError(`--at ${text}: a time in Unix seconds was expected`)
  return time
}

async function readPolicy(path: string): Promise<AttestationPolicy> {
  const json = await readJson(path, 'policy')
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
    policy: options.policy === undefined ? DEFAULT_POLICY : await readPolicy(options.policy),
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
    .requiredOption('--quote <file>', 'the quote: raw, in hex, or dstack’s JSON report')
    .requiredOption('--collateral <file>', 'Intel’s collateral as JSON: certificates, CRLs, TCB info, QE identity')
    .requiredOption('--at <time>', 'the time to verify at, in Unix seconds')
    .option('--event-log <file>', 'the machine’s event log as JSON, or dstack’s JSON report')
    .addOption(new Option('--root <root>', 'the root to trust').choices(['intel', 'simulator']).default('intel'))
    .option('--root-certificate <file>', `the simulator’s root in PEM (default: ${LOCAL_ROOT_FILE})`)
    .option('--policy <file>', 'what to accept, as JSON')
    .addHelpText(
      'after',
      `
Out: {"ok","code","root","tcbStatus","advisoryIds","checks":[{"name","ok","detail","code"}],"report","app","validUntil"}
     code is that of the first check that failed; a check with ok null was not asked for, or an earlier failure left it out.
Policy (every field may be left out; hex): {"acceptedTcbStatuses":["UpToDate"],"acceptedAdvisories":["INTEL-SA-00837"],
     "minimumTcbEvaluationDataNumber":18,"measurements":[{"mrtd","rtmr0","rtmr1","rtmr2"}],"mrEnclaves":[],"mrSigners":[],
     "appIds":[],"composeHashes":[],"keyProviders":[{"name","id"}],"reportData":""}`,
    )
    .action(async (options: Omit<Options, 'at'> & { at: string }) => {
      try {
        await verify({ ...options, at: parseTime(options.at) })
      } catch (error) {
        report(error)
      }
    })
}
