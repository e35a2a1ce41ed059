/** The person's choice; absent means: as the system says. */
export type Theme = 'light' | 'dark' | undefined

export const THEME_COOKIE = 'subrosa-theme'

/** @returns the theme a cookie names, or undefined for anything else. */
export function parseTheme(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : undefined
}
