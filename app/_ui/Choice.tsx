'use client'

type Props<Value extends string> = {
  /** What is chosen, for those who do not see the page. */
  label: string
  name: string
  value: Value
  options: readonly (readonly [Value, string])[]
  onChange: (value: Value) => void
}

/** A choice between few things side by side: radio buttons that look like tabs. */
export function Choice<Value extends string>({ label, name, value, options, onChange }: Props<Value>) {
  return (
    <fieldset className="border-edge bg-sheet flex rounded-sm border">
      <legend className="sr-only">{label}</legend>
      {options.map(([option, text]) => (
        <label
          key={option}
          className="has-checked:bg-ink has-checked:text-paper has-focus-visible:outline-ink flex min-h-11 flex-1 cursor-pointer items-center justify-center px-3 text-sm font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-2"
        >
          <input
            type="radio"
            name={name}
            value={option}
            checked={option === value}
            onChange={() => onChange(option)}
            className="sr-only"
          />
          {text}
        </label>
      ))}
    </fieldset>
  )
}
