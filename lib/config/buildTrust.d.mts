export function trustOfBuild(env: Record<string, string | undefined>): {
  BUILD_CHAIN_ID: string
  BUILD_ATTESTATION_POLICY: string
}
