export type DstackApp = { dockerCompose: string; appCompose: string; composeHash: string; policy: object }
export function makeDstackApp(input: unknown, bundleSha256: string): DstackApp
