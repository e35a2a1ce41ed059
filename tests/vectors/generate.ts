import { writeFileSync } from 'node:fs'
import { renderMaskVectors } from './maskVectors'
import { renderOpeningVectors } from './openingVectors'

// npx tsx tests/vectors/generate.ts: writes the vectors that the Solidity and TypeScript tests share.
writeFileSync(new URL('./opening.json', import.meta.url), renderOpeningVectors())
writeFileSync(new URL('./attestation/masks.json', import.meta.url), renderMaskVectors())
