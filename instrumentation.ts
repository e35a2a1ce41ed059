/** Next runs this once, before the server takes its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { observeServer } = await import('./app/api/_server/observeServer')
  await observeServer()
}
