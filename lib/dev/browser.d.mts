/** Path of a Chromium on this machine, or undefined. */
export function findChromium(): Promise<string | undefined>

/** As `findChromium`; installs one where that is possible. `say` is told what happens. */
export function ensureChromium(root: string, say: (line: string) => void): Promise<string>
