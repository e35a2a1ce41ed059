import { z } from 'zod'

// zod compiles schemas with `new Function` where it may; the content security policy forbids that, and reports the try.
z.config({ jitless: true })
