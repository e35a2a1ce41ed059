// Next runs this in the browser before any of the app's code.
//
// zod compiles schemas with `new Function` where it may; the content security policy forbids that, and reports the try.
// This is where zod keeps its settings (core/core.js), so that it finds them without being part of the first load, whichever
// of the files that are loaded later makes the first schema.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

export {}
