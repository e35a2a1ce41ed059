export type DstackApp = { dockerCompose: string; appCompose: string; composeHash: string }
export function makeDstackApp(input: unknown, bundleSha256: string): DstackApp
