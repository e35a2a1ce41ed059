export const STATIC_POLICY: string
export const COMMON_HEADERS: Readonly<Record<string, string>>
