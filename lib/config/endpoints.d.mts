export function agreeingEndpoints(
  urls: readonly string[],
  threshold: number | undefined,
  chainId: number,
): { urls: string[]; threshold: number }
