import * as z from 'zod'
import { hexOf, instant, integerTo, levelFields, parseDocument } from './signedDocument'

const COMPONENTS = 16
const components = z.array(z.object({ svn: integerTo(255) })).length(COMPONENTS)

const moduleFields = { mrsigner: hexOf(48), attributes: hexOf(8), attributesMask: hexOf(8) }

const common = {
  version: z.literal(3),
  issueDate: instant,
  nextUpdate: instant,
  fmspc: hexOf(6),
  pceId: hexOf(2),
  // The only way of comparing that is defined: component by component.
  tcbType: z.literal(0),
  tcbEvaluationDataNumber: integerTo(0xffff_ffff),
}

const schema = z.discriminatedUnion('id', [
  z.object({
    id: z.literal('SGX'),
    ...common,
    tcbLevels: z
      .array(z.object({ tcb: z.object({ sgxtcbcomponents: components, pcesvn: integerTo(0xffff) }), ...levelFields }))
      .min(1),
  }),
  z.object({
    id: z.literal('TDX'),
    ...common,
    tdxModule: z.object(moduleFields),
    tdxModuleIdentities: z
      .array(
        z.object({
          id: z.string(),
          ...moduleFields,
          tcbLevels: z.array(z.object({ tcb: z.object({ isvsvn: integerTo(255) }), ...levelFields })).min(1),
        }),
      )
      .default([]),
    tcbLevels: z
      .array(
        z.object({
          tcb: z.object({ sgxtcbcomponents: components, pcesvn: integerTo(0xffff), tdxtcbcomponents: components }),
          ...levelFields,
        }),
      )
      .min(1),
  }),
])

/** TCB info, version 3 (PCS API v4): the security versions of a kind of platform, and the status of each. */
export type TcbInfo = z.output<typeof schema>
export type TdxTcbInfo = Extract<TcbInfo, { id: 'TDX' }>

/** @throws Rejection naming the field at fault. */
export function parseTcbInfo(text: string): TcbInfo {
  return parseDocument(text, schema, 'TCB info')
}
