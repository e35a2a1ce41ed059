import type { Address } from 'viem'
import { Field } from '../_ui/Field'
import { DEMO_ACCOUNT_COUNT } from './demoAccounts'
import { demoName, positionOf } from './demoPeople'

/** Which of the demo wallet's people one is, and whom else one can be. */
export function ActAs({ address, onPlay }: { address: Address | undefined; onPlay: (position: number) => void }) {
  return (
    <Field label="Act as" hint="Each is another account, so you can play every part yourself.">
      {(control) => (
        <select
          {...control}
          className="input"
          value={positionOf(address)}
          onChange={(event) => onPlay(Number(event.target.value))}
        >
          {Array.from({ length: DEMO_ACCOUNT_COUNT }, (_, index) => (
            <option key={index} value={index}>
              {demoName(index)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
