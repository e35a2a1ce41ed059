import { writeFileSync } from 'node:fs'
import { renderMaskVectors } from './maskVectors'
import { renderOpeningVectors } from './openingVectors'
import { renderRegistryVectors } from './registryVectors'

// npx tsx tests/vectors/generate.ts: writes the vectors that the Solidity and TypeScript tests share.
writeFileSync(new URL('./opening.json', import.meta.url), renderOpeningVectors())
writeFileSync(new URL('./attestation/masks.json', import.meta.url), renderMaskVectors())
writeFileSync(new URL('./registry.json', import.meta.url), renderRegistryVectors())
