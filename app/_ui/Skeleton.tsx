/** Stands for something on its way; says so to screen readers. */
export function Skeleton({ label, className = 'h-24' }: { label: string; className?: string }) {
  return (
    <div role="status" className={`bg-rule/50 pulse rounded-sm ${className}`}>
      <span className="sr-only">{label}</span>
    </div>
  )
}
