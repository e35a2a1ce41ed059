import { z } from 'zod'

// A worker's zod has settings of its own, see instrumentation-client.ts.
z.config({ jitless: true })
