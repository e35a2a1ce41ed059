// `npm run enclave:bundle`: the enclave in one file, workers included, and the digest that an image is measured by.
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

/** One program for each kind of chain. */
const ENTRIES = { evm: 'lib/enclave/main.ts', hub: 'lib/enclave/hubMain.ts' }

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Packages of CommonJS form ask for Node's modules by `require`, and for their folder, which a module does not have. */
const BANNER = [
  "import { createRequire } from 'node:module';",
  'const require = createRequire(import.meta.url);',
  'const __dirname = import.meta.dirname;',
].join(' ')

/**
 * Bundles the enclave. The same sources and packages give the same bytes, wherever they lie: no path, time or version
 * of this machine gets in.
 *
 * @param {string} [root] The folder whose sources are bundled.
 * @param {string} [entry] The program, relative to `root`.
 * @returns {Promise<{ code: Uint8Array, sha256: string, inputs: string[], external: string[] }>} The file, its digest in
 * hex, the sources in it (relative to `root`), and what it asks of Node at run time.
 */
export async function bundleEnclave(root = ROOT, entry = ENTRIES.evm) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Names of files are in what is not minified.
    minify: true,
    keepNames: true,
    legalComments: 'none',
    banner: { js: BANNER },
    define: { 'process.env.NODE_ENV': '"production"' },
    outfile: 'enclave.mjs',
    tsconfigRaw: {},
    metafile: true,
    write: false,
    logLevel: 'error',
  })
  const [{ contents: code }] = outputFiles
  const [output] = Object.values(metafile.outputs)
  const external = [...new Set(output.imports.filter((entry) => entry.external).map(({ path }) => path))].sort()
  const sha256 = createHash('sha256').update(code).digest('hex')
  return { code, sha256, inputs: Object.keys(metafile.inputs).sort(), external }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      chain: { type: 'string', default: 'evm' },
      out: { type: 'string', default: join(ROOT, 'dist', 'enclave.mjs') },
    },
  })
  if (!Object.hasOwn(ENTRIES, values.chain)) throw new Error(`--chain ${values.chain}: evm or hub was expected`)
  const file = resolve(values.out)
  const { code, sha256 } = await bundleEnclave(ROOT, ENTRIES[values.chain])
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, code)
  console.log(`${sha256}  ${file}`)
}
