export type EnclaveBundle = { code: Uint8Array; sha256: string; inputs: string[]; external: string[] }
export function bundleEnclave(root?: string, entry?: string): Promise<EnclaveBundle>
