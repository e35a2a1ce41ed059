export function prismaGenerate(say: (line: string) => void): void
