import { race } from './race'

Object.assign(globalThis, { race })
