// Stands for Node's modules that the range proof library names and, in browsers, never uses: next.config.js.
export {}
